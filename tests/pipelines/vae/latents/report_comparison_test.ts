import { assert, assertEquals, assertRejects } from "@std/assert";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import { drawComparison } from "../../../../pipelines/vae/latents/draw_comparison.ts";
import type { FinishedRun } from "../../../../pipelines/vae/latents/finished_run.ts";
import { reportComparison } from "../../../../pipelines/vae/latents/report_comparison.ts";
import { toyDataset } from "../toy_vae.ts";

const run = (latent: number, seed: number, elbo: number): FinishedRun => ({
  ...{ label: `k = ${latent}`, seed, dataset: "toy" },
  ...{ binarization: "threshold", config: { latent } },
  summary: {
    ...{ "test/elbo": elbo, "test/reconstruction": elbo + latent },
    ...{ "test/kl": latent, "test/logLikelihood": elbo + 1 },
    ...{ "test/activeUnits": latent },
  },
  history: [1, 2].map((epoch) => ({
    ...{ step: epoch, epoch },
    values: {
      "validation/reconstruction": elbo - epoch,
      "validation/kl": latent,
    },
  })),
});

const swept = [run(2, 0, -10), run(2, 1, -12), run(4, 0, -8), run(4, 1, -8)];

Deno.test("reportComparison() averages over seeds, with an error, and lays out a table", async () => {
  const store = memoryRun();
  const { summary, comparison } = await execute(
    reportComparison,
    { swept, finished: [] },
    { seed: 0, store },
  );
  assertEquals(summary["k2/elbo"], -11);
  assertEquals(summary["k2/elboStdErr"], 1); // deviation sqrt 2 over the root of 2
  assertEquals(summary["k4/logLikelihood"], -7);
  assertEquals(summary["k4/logLikelihoodStdErr"], 0);
  const [heading, first] = String(store.files.get("report.txt")).split("\n");
  assert(heading!.startsWith("run    seeds"), heading);
  assert(first!.includes("-11.00 ± 1.00") && first!.startsWith("k = 2"), first);

  const input = { comparison, swept, dataset: toyDataset };
  await execute(drawComparison, input, { seed: 0, store });
  assertEquals([...store.figures.keys()], [
    "latent_dimensions",
    "training",
    "log_likelihood",
  ]);
  const text = JSON.stringify(store.figures.get("training")?.spec);
  assert(text.includes(`{"series":"k = 2","part":0,"x":2,"y":-13}`), text); // of -12 and -14
});

Deno.test("reportComparison() refuses to mix data", async () => {
  const finished = [{ ...run(3, 0, -9), dataset: "other" }];
  await assertRejects(
    () => execute(reportComparison, { swept, finished }, { seed: 0 }),
    Error,
    'Expected one dataset in a comparison but found toy of "k = 2" and other of "k = 3"',
  );
});
