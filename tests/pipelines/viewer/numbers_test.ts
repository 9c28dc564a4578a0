import { assertEquals } from "@std/assert";
import type { Summary } from "../../../pipelines/core/run/summary.ts";
import type { BandsByRun } from "../../../pipelines/core/task/expected_bands.ts";
import { bestOf, goodness } from "../../../pipelines/viewer/best_of.ts";
import {
  joinNumbers,
  numberText,
  verdictText,
} from "../../../pipelines/viewer/joined_numbers.ts";
import {
  age,
  moment,
  number,
  setting,
  size,
} from "../../../pipelines/viewer/readable.ts";
import {
  changedSettings,
  labelsOf,
  settingRows,
} from "../../../pipelines/viewer/settings_of.ts";
import { plainText, textTable } from "../../../pipelines/viewer/text_table.ts";
import { ordinaryRecord } from "../core/runs/stored_run.ts";
import { bands } from "./viewed.ts";

const summary = {
  "test/loss": 0.512345,
  "test/lossStdErr": 0.0123,
  "samplingStdErr": 3,
  "count": 12,
  "odds": 2,
};

const joined = (summary: Summary, bands: BandsByRun, record = ordinaryRecord) =>
  joinNumbers({ summary, record, dataset: "dots" }, { bands });

Deno.test("joinNumbers() joins value, error, unit and band", () => {
  const numbers = joined(summary, bands);
  assertEquals(
    numbers.map((one) => [one.name, numberText(one), verdictText(one)]),
    [
      ["test/loss", "0.512 ± 0.012 nats per dot", "in band 0.4 to 0.6"],
      ["samplingStdErr", "3", ""], // an error of nothing stands for itself
      ["count", "12 images", ""],
      ["odds", "2", ""],
    ],
  );
});

Deno.test("joinNumbers() tells a number outside, and bands of other settings", () => {
  const verdict = (value: number, latent: number) => {
    const record = { ...ordinaryRecord, config: { latent } };
    const [one] = joined({ "test/loss": value }, bands, record);
    return one && [numberText(one), verdictText(one)];
  };
  assertEquals(verdict(0.4, 3), ["0.4 nats per dot", "in band 0.4 to 0.6"]);
  assertEquals(verdict(0.39, 3), [
    "0.39 nats per dot",
    "OUTSIDE band 0.4 to 0.6",
  ]);
  assertEquals(verdict(0.61, 3)?.[1], "OUTSIDE band 0.4 to 0.6");
  assertEquals(verdict(0.5, 2), [
    "0.5 nats per dot",
    "no band for these settings",
  ]);
});

Deno.test("joinNumbers() takes no inherited name for a band or an error", () => {
  const numbers = joined(
    { constructor: 1, toString: 2 } as unknown as Summary,
    {},
  );
  assertEquals(numbers.map(({ verdict, error }) => [verdict, error]), [
    ["none", undefined],
    ["none", undefined],
  ]);
});

Deno.test("bestOf() is log p(x), then the ELBO, then any number of the test data", () => {
  const best = (names: readonly string[], wanted?: string) => {
    const numbers = Object.fromEntries(names.map((name, i) => [name, i]));
    return bestOf(joined(numbers, {}), wanted)?.name;
  };
  assertEquals(
    best(["test/kl", "test/elbo", "test/logLikelihood"]),
    "test/logLikelihood",
  );
  assertEquals(best(["test/kl", "test/elbo"]), "test/elbo");
  assertEquals(
    best(["steps", "samples/frechetDistance"]),
    "samples/frechetDistance",
  );
  assertEquals(best(["test/noiseError", "samples/frechet"]), "samples/frechet");
  assertEquals(best(["test/noiseError", "bound/bits"]), "bound/bits");
  assertEquals(
    best(["test/loss", "test/greedy/bleu"]),
    "test/greedy/bleu",
  );
  assertEquals(best(["steps"]), undefined);
  assertEquals(best(["a", "b", "bStdErr"]), "b");
  assertEquals(best(["steps", "test/elbo"], "steps"), "steps");
  assertEquals(best(["steps"], "test/elbo"), undefined);
});

Deno.test("joinNumbers() takes the unit of a band, else of the task, else of the name; pure numbers have none", () => {
  const band = { low: 0, high: 1, measured: "", when: {} };
  const [banded, own, common, pure, one] = joinNumbers(
    {
      summary: {
        "test/loss": 1,
        "a/elbo": 2,
        "elbo": 3,
        "perplexity": 4,
        "quality": 5,
      },
      record: ordinaryRecord,
      dataset: "dots",
    },
    {
      bands: {
        "test/loss": [{ ...band, unit: "nats per dot" }],
        "quality": [{ ...band, unit: "1" }],
      },
      units: { "a/elbo": "nats per vector" },
    },
  ).map(({ unit }) => unit);
  assertEquals([banded, own, common], [
    "nats per dot",
    "nats per vector",
    "nats per image",
  ]);
  assertEquals([pure, one], ["", ""]);
});

Deno.test("goodness() is higher of lower losses, bits and distances, and of higher likelihoods and scores", () => {
  const of = (name: string, value: number) =>
    goodness(joined({ [name]: value }, {})[0]);
  for (
    const name of [
      "test/loss",
      "test/bitsPerDim",
      "bound/bits",
      "samples/frechet",
      "samples/frechetDistance",
      "test/noiseError",
      "test/perplexity",
    ]
  ) {
    assertEquals(of(name, 1) > of(name, 2), true, name);
  }
  for (const name of ["test/logLikelihood", "test/elbo", "test/greedy/bleu"]) {
    assertEquals(of(name, 2) > of(name, 1), true, name);
  }
  assertEquals([of("test/elbo", NaN), goodness(undefined)], [
    -Infinity,
    -Infinity,
  ]);
});

Deno.test("settingRows() puts what differs first", () => {
  const rows = settingRows([{ a: 1, b: [1, 2] }, { a: 1, b: [1, 3], c: "x" }]);
  assertEquals(rows, [
    { name: "b", values: [[1, 2], [1, 3]], differs: true },
    { name: "c", values: [undefined, "x"], differs: true },
    { name: "a", values: [1, 1], differs: false },
  ]);
});

Deno.test("labelsOf() names runs by what differs, or by their names where that is not enough", () => {
  const names = ["first", "second"];
  assertEquals(labelsOf([{ a: 1, b: 2 }, { a: 1, b: 3 }], names), [
    "b 2",
    "b 3",
  ]);
  assertEquals(labelsOf([{ task: "vae" }, { task: "gan" }], names), [
    "vae",
    "gan",
  ]);
  assertEquals(labelsOf([{ a: 1 }, { a: 1 }], names), names);
  assertEquals(labelsOf([{ a: "x".repeat(80) }, { a: 1 }], names), names);
});

Deno.test("changedSettings() are not the defaults, or were typed where no defaults are known", () => {
  const defaults = { data: "dots", latent: 2, hidden: [20, 10] };
  assertEquals(changedSettings(ordinaryRecord, defaults), {
    latent: 3,
    seed: 4,
  });
  assertEquals(changedSettings(ordinaryRecord, undefined), {
    latent: 3,
    seed: 4,
  });
  const typed = ["deno", "task", "toy", "--hidden=20,10"];
  const record = { ...ordinaryRecord, seed: 0, commandLine: typed };
  assertEquals(changedSettings(record, undefined), { hidden: [20, 10] });
});

Deno.test("numbers, sizes, ages, moments and settings are readable", () => {
  assertEquals([number(-130.74912), number(0), number(1e-9)], [
    "-130.749",
    "0",
    "1e-9",
  ]);
  assertEquals(
    [0, 1023, 1024, 1536, 20 * 2 ** 20, 2 ** 40, 2 ** 52].map(size),
    ["0 B", "1023 B", "1.0 KiB", "1.5 KiB", "20 MiB", "1.0 TiB", "4096 TiB"],
  );
  assertEquals(
    [-5, 99, 100, 5999, 6000, 48 * 3600].map(age),
    ["0 s", "99 s", "2 min", "100 min", "2 h", "2 d"],
  );
  assertEquals(moment("2026-01-31T09:30:12.345Z"), "2026-01-31 09:30 UTC");
  assertEquals(
    [undefined, "x", [1, 2], [[1], 2], { a: 1 }, true, null].map(setting),
    ["–", "x", "1, 2", "[[1],2]", '{"a":1}', "true", "null"],
  );
});

Deno.test("textTable() aligns columns, and lets no cell move the cursor", () => {
  assertEquals(
    textTable([["run", "best"], ["a", "-1.25"], ["longer", "3"]], [
      "left",
      "right",
    ]),
    ["run      best", "a       -1.25", "longer      3"],
  );
  assertEquals(plainText("a\x1b[2Jb\nc\u202ed"), "a\ufffd[2Jb\ufffdc\ufffdd");
});
