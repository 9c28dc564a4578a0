import { assertEquals } from "@std/assert";
import { parseArgs } from "@std/cli/parse-args";
import { type Equal, expectType } from "../expect_type.ts";

/** The arguments, the options, and what is expected to be found. */
type Case = readonly [
  args: string,
  options: Parameters<typeof parseArgs>[1],
  found: Readonly<Record<string, unknown>>,
];

const cases: readonly Case[] = [
  ["a b", {}, { _: ["a", "b"] }],
  ["7 0x10 1e3 x1", {}, { _: [7, 16, 1000, "x1"] }],
  ["--epochs 3", {}, { epochs: 3, _: [] }],
  ["--epochs=3", {}, { epochs: 3, _: [] }],
  ["--epochs=-1", {}, { epochs: -1, _: [] }],
  ["--a --b", {}, { a: true, b: true, _: [] }],
  ["--rate 1e-3 --rate 2", {}, { rate: 2, _: [] }],
  ["--seed 007", { string: ["seed"] }, { seed: "007", _: [] }],
  ["--seed --quiet", { string: "seed" }, { seed: "", quiet: true, _: [] }],
  ["", { string: "seed" }, { _: [] }],
  ["007", { string: "_" }, { _: ["007"] }],
  ["", { boolean: ["smoke"] }, { smoke: false, _: [] }],
  ["--smoke x", { boolean: ["smoke"] }, { smoke: true, _: ["x"] }],
  ["--smoke false", { boolean: ["smoke"] }, { smoke: false, _: [] }],
  ["--smoke=false", { boolean: ["smoke"] }, { smoke: false, _: [] }],
  ["--a x", { boolean: true }, { a: true, _: ["x"] }],
  ["--no-bias", {}, { "no-bias": true, _: [] }],
  [
    "--no-bias",
    { boolean: "bias", negatable: "bias", default: { bias: true } },
    { bias: false, _: [] },
  ],
  ["", { default: { epochs: 3 } }, { epochs: 3, _: [] }],
  ["--epochs 1", { default: { epochs: 3 } }, { epochs: 1, _: [] }],
  [
    "-h",
    { boolean: "help", alias: { help: "h" } },
    { h: true, help: true, _: [] },
  ],
  [
    "",
    { boolean: "help", alias: { help: ["h"] } },
    { h: false, help: false, _: [] },
  ],
  ["-abc", {}, { a: true, b: true, c: true, _: [] }],
  ["-n5", {}, { n: 5, _: [] }],
  ["-n 5", {}, { n: 5, _: [] }],
  ["-n=5", {}, { n: 5, _: [] }],
  ["-", {}, { _: ["-"] }],
  [
    "--k 1 --k 5",
    { string: "k", collect: "k" },
    { k: ["1", "5"], _: [] },
  ],
  ["--k 1", { collect: "k" }, { k: [1], _: [] }],
  ["", { string: "k", collect: "k" }, { k: [], _: [] }],
  ["--a 1 -- --b 2", {}, { a: 1, _: ["--b", "2"] }],
  ["--a 1 -- --b 2", { "--": true }, { a: 1, _: [], "--": ["--b", "2"] }],
  ["--a 1 run --b 2", { stopEarly: true }, { a: 1, _: ["run", "--b", "2"] }],
];

for (const [args, options, found] of cases) {
  Deno.test(`parseArgs() reads "${args}" with ${Deno.inspect(options)}`, () => {
    const words = args === "" ? [] : args.split(" ");
    assertEquals({ ...parseArgs(words, options) }, { ...found });
  });
}

Deno.test("parseArgs() hands undeclared flags and arguments to unknown()", () => {
  const seen: unknown[] = [];
  const found = parseArgs(["--seed", "1", "--sed=2", "--quiet", "x"], {
    string: ["seed"],
    boolean: ["quiet"],
    unknown: (arg, key, value) => {
      seen.push([arg, key, value]);
      return false;
    },
  });
  assertEquals(seen, [["--sed=2", "sed", "2"], ["x", undefined, undefined]]);
  assertEquals({ ...found }, { _: [], seed: "1", quiet: true });
});

Deno.test("parseArgs() knows the types of declared flags", () => {
  const found = parseArgs([], {
    string: ["seed", "out"],
    boolean: ["smoke"],
    default: { seed: "0" },
  });
  expectType<Equal<typeof found.smoke, boolean>>();
  expectType<Equal<typeof found.seed, string>>();
  expectType<Equal<typeof found.out, string | undefined>>();
  assertEquals([found.smoke, found.seed, found.out], [false, "0", undefined]);
});
