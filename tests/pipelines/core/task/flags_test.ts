import { assertEquals, assertThrows } from "@std/assert";
import {
  count,
  list,
  oneOf,
  real,
  text,
  toggle,
} from "../../../../pipelines/core/task/fields.ts";
import {
  complete,
  type Flags,
  readFlags,
} from "../../../../pipelines/core/task/flags.ts";
import { UsageError } from "../../../../pipelines/core/task/usage_error.ts";

interface VaeConfig {
  readonly epochs: number;
  readonly learningRate: number;
  readonly likelihood: "bernoulli" | "normal";
  readonly title: string;
  readonly shuffle: boolean;
  readonly anneal: boolean;
  readonly importanceSamples: readonly number[];
}

const flags: Flags<VaeConfig> = {
  epochs: count(20, "epochs of training", { smoke: 1, max: 1000 }),
  learningRate: real(1e-3, "of Adam", { min: 0 }),
  likelihood: oneOf(["bernoulli", "normal"], "of a pixel"),
  title: text("VAE", "of figures"),
  shuffle: toggle("draw a new order each epoch", { fallback: true }),
  anneal: toggle("raise the weight of the KL term", { smoke: true }),
  importanceSamples: list([1, 50], count(1, "samples for the bound")),
};

const read: readonly (readonly [args: string, found: Partial<VaeConfig>])[] = [
  ["", {}],
  ["--epochs 3", { epochs: 3 }],
  ["--epochs=3 --title=a=b", { epochs: 3, title: "a=b" }],
  ["--learning-rate 1e-4", { learningRate: 1e-4 }],
  ["--title -3 --epochs 3", { title: "-3", epochs: 3 }],
  ["--title - --anneal", { title: "-", anneal: true }],
  ["--likelihood normal", { likelihood: "normal" }],
  ["--anneal --no-shuffle", { anneal: true, shuffle: false }],
  ["--anneal=false --shuffle=true", { anneal: false, shuffle: true }],
  ["--no-anneal --epochs 3", { anneal: false, epochs: 3 }],
  ["--importance-samples 1,50,500", { importanceSamples: [1, 50, 500] }],
];

for (const [args, found] of read) {
  Deno.test(`readFlags() reads "${args}"`, () => {
    assertEquals(readFlags(flags, words(args)), found);
  });
}

const refused: readonly (readonly [args: string, message: string])[] = [
  [
    "--epoch 3",
    "Expected a known flag but found --epoch; did you mean --epochs?",
  ],
  [
    "--epohcs=3",
    "Expected a known flag but found --epohcs; did you mean --epochs?",
  ],
  [
    "--no-epochs",
    "Expected a known flag but found --no-epochs; did you mean --epochs?",
  ],
  ["--no-anneal=true", "Expected a known flag but found --no-anneal"],
  [
    "--temperature 1",
    "Expected a known flag but found --temperature; --help lists them",
  ],
  ["--importanceSamples 1", "did you mean --importance-samples?"],
  ["-e 3", "Expected a known flag but found -e"],
  ["--epochs 3 --epochs 4", "Expected --epochs only once"],
  ["--anneal --no-anneal", "Expected --anneal only once"],
  [
    "--epochs -1",
    'Cannot read --epochs: Expected a whole number from 1 to 1000 but found "-1"',
  ],
  [
    "--learning-rate -0.001",
    'Cannot read --learning-rate: Expected a number of at least 0 but found "-0.001"',
  ],
  [
    "--importance-samples -1,2",
    'Expected a whole number of at least 1 but found "-1"',
  ],
  ["--anneal -1", "Expected a known flag but found -1"],
  [
    "--epochs",
    'Cannot read --epochs: Expected a whole number from 1 to 1000 but found ""',
  ],
  [
    "--epochs --anneal",
    'Cannot read --epochs: Expected a whole number from 1 to 1000 but found ""',
  ],
  ["--epochs 0", 'from 1 to 1000 but found "0"'],
  ["--epochs 1001", 'from 1 to 1000 but found "1001"'],
  ["--epochs 1.5", 'from 1 to 1000 but found "1.5"'],
  ["--epochs 3x", 'from 1 to 1000 but found "3x"'],
  [
    "--learning-rate=-1",
    'Cannot read --learning-rate: Expected a number of at least 0 but found "-1"',
  ],
  ["--learning-rate Infinity", 'but found "Infinity"'],
  [
    "--likelihood nromal",
    'Cannot read --likelihood: Expected one of bernoulli, normal but found "nromal"; did you mean "normal"?',
  ],
  ["--title=", 'Cannot read --title: Expected a text but found ""'],
  [
    "--anneal=maybe",
    'Cannot read --anneal: Expected no value, true or false but found "maybe"',
  ],
  [
    "--importance-samples 1,,2",
    'Cannot read --importance-samples: Expected a whole number of at least 1 but found ""',
  ],
  ["digits", 'Expected only flags but found "digits"'],
  ["--epochs 3 4", 'Expected only flags but found "4"'],
  ["--epochs 3 -- --anneal", 'Expected only flags but found "--anneal"'],
];

for (const [args, message] of refused) {
  Deno.test(`readFlags() refuses "${args}"`, () => {
    assertThrows(() => readFlags(flags, words(args)), UsageError, message);
  });
}

Deno.test("complete() fills in defaults, or the values of --smoke", () => {
  const defaults: VaeConfig = {
    epochs: 20,
    learningRate: 1e-3,
    likelihood: "bernoulli",
    title: "VAE",
    shuffle: true,
    anneal: false,
    importanceSamples: [1, 50],
  };
  assertEquals(complete(flags, {}, "full"), defaults);
  const smoke = { ...defaults, epochs: 1, anneal: true };
  assertEquals(complete(flags, {}, "smoke"), smoke);
  assertEquals(complete(flags, { epochs: 5 }, "smoke"), {
    ...smoke,
    epochs: 5,
  });
});

Deno.test("Flags wants a field of the right kind for each setting", () => {
  // @ts-expect-error `title` and others have no field
  const missing: Flags<VaeConfig> = { epochs: count(1, "epochs") };
  // @ts-expect-error `epochs` is a number
  const wrong: Flags<VaeConfig> = { ...flags, epochs: text("1", "epochs") };
  const poisson = oneOf(["poisson"], "of a pixel");
  // @ts-expect-error `poisson` is no likelihood of the configuration
  const more: Flags<VaeConfig> = { ...flags, likelihood: poisson };
  assertEquals([missing, wrong, more].length, 3);
});

function words(args: string): readonly string[] {
  return args === "" ? [] : args.split(" ");
}
