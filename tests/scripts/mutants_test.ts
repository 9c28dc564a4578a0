import { assert, assertEquals } from "@std/assert";
import { type Equal, whyEqual } from "../../scripts/mutants/equal.ts";
import {
  importersOf,
  nearest,
  testsThatReach,
} from "../../scripts/mutants/module_graph.ts";
import { linesOf, mutate } from "../../scripts/mutants/mutant.ts";
import { sitesOf } from "../../scripts/mutants/mutations.ts";
import { planTests } from "../../scripts/mutants/plan_tests.ts";
import { reportOf, scoreLine, scoreOf } from "../../scripts/mutants/report.ts";
import {
  otherNumbers,
  otherTexts,
} from "../../scripts/mutants/replacements.ts";
import type { Outcome } from "../../scripts/mutants/run_mutant.ts";
import { sample } from "../../scripts/mutants/sample.ts";
import { isInScope, matches } from "../../scripts/mutants/scope.ts";
import { textFiles } from "../house/project_files.ts";

/** Every text that a change makes of a source. */
function changed(source: string, path = "models/a.ts"): readonly string[] {
  return sitesOf(path, source)
    .flatMap(({ mutants }) => mutants.map((one) => mutate(source, one)));
}

/** A source, and some of its changes. */
const cases: Readonly<Record<string, readonly string[]>> = {
  "x = a + b;": ["x = a - b;"],
  "x = a < b;": ["x = a <= b;", "x = a >= b;"],
  "x = a && !b;": ["x = a || !b;", "x = a && b;"],
  "x = -84.78;": ["x = 84.78;", "x = -48.78;", "x = -169.56;"],
  "x = 0;": ["x = 1;"],
  "x = true;": ["x = false;"],
  "x = a.add(b);": ["x = a.sub(b);"],
  "x = a.square();": ["x = a;", "x = a.sqrt();"],
  "x = one.standardError;": ["x = one.mean;"],
  "x = f(a, b);": ["x = f(a);", "x = f(b, a);"],
  "x = adam(v, { beta2 });": ["x = adam(v, {  });", "x = adam(v);"],
  "x = c ? a : b;": ["x = (a);", "x = (b);"],
  "if (c) f(a, 1);": ["if (!(c)) f(a, 1);"],
  "x = a ?? b;": ["x = (b);"],
  "x = `${a} of ${b}`;": ["x = `${b} of ${b}`;", "x = `${a} of ${a}`;"],
};

for (const [source, wanted] of Object.entries(cases)) {
  Deno.test(`changes of ${source}`, () => {
    const found = changed(source);
    for (const one of wanted) assert(found.includes(one), `${one} in ${found}`);
  });
}

Deno.test("types, comments, imports and what errors say are left alone", () => {
  const source = [
    'import { a } from "./a.ts";',
    "/** 1 + 1, first or last */",
    "type B = 1 | 2;",
    "throw new RangeError(`Expected ${a + 1} but found ${b}`);",
  ].join("\n");
  assertEquals(changed(source), []);
});

Deno.test("sentences change where readers see them, and nowhere else", () => {
  const source = 'x = "The last of 26 layers";';
  const found = changed(source, "pipelines/gan/report_gan.ts");
  assertEquals(found, [
    'x = "The first of 26 layers";',
    'x = "The last of 27 layers";',
  ]);
  assertEquals(changed(source, "models/a.ts"), []);
});

Deno.test("both ends of a band change, and nothing else of it", () => {
  const source = '{ "low": -1.25, "high": 3, "measured": "2 to 4" }';
  assertEquals(changed(source, "fixtures/expected/a.json"), [
    source.replace("1.25", "2.15"),
    source.replace("1.25", "2.5"),
    source.replace('"high": 3', '"high": 4'),
    source.replace('"high": 3', '"high": 2'),
  ]);
});

Deno.test("other numbers and other texts differ from what they replace", () => {
  for (
    const text of ["0", "1", "7", "11", "100", "0.5", "2.2", "1e-8", "784"]
  ) {
    const others = otherNumbers(text);
    assert(
      others.length > 0 && others.every((one) => Number(one) !== Number(text)),
      text,
    );
  }
  assertEquals(otherNumbers("0x85ebca6b"), []);
  assertEquals(otherTexts("more than before"), [
    "less than before",
    "more than after",
  ]);
});

Deno.test("a sample repeats itself, and a place is drawn whatever the others are", () => {
  const source = "a = 1;\nb = 2;\nc = 3;\nd = 4;\n";
  const sites = sitesOf("models/a.ts", source);
  const drawn = sample(sites, 2, 5);
  assertEquals(sample(sites, 2, 5), drawn);
  const kept = sites.filter(({ mutants }) =>
    mutants.some((one) => one.start === drawn[0]!.start)
  );
  assertEquals(sample(kept, 1, 5), drawn.slice(0, 1));
  const orders = new Set(
    Array.from({ length: 20 }, (_, seed) => sample(sites, 1, seed)[0]!.start),
  );
  assertEquals(orders.size, 4);
});

Deno.test("tests are found by the way over imports, types not counted", () => {
  const at = (name: string) => `file:///p/${name}`;
  const module = (name: string, ...imports: readonly string[]) => ({
    specifier: at(name),
    dependencies: imports.map((one) => ({ code: { specifier: at(one) } })),
  });
  const json = JSON.stringify({
    modules: [
      module("near_test.ts", "a.ts"),
      module("far_test.ts", "b.ts"),
      module("b.ts", "a.ts"),
      module("other_test.ts", "c.ts"),
      {
        specifier: at("type_test.ts"),
        dependencies: [{ type: { specifier: at("a.ts") } }],
      },
    ],
  });
  const found = testsThatReach("a.ts", importersOf(json, "file:///p/"));
  assertEquals([...found], [["near_test.ts", 1], ["far_test.ts", 2]]);
  assertEquals([...nearest(found, 1).keys()], ["near_test.ts"]);
});

Deno.test("near and cheap tests run first, and no more than the limit allows", () => {
  const distances = new Map([
    ["t/slow_test.ts", 1],
    ["t/far_test.ts", 3],
    ["t/a_test.ts", 4],
    ["t/unknown_test.ts", 1],
  ]);
  const seconds = new Map([
    ["t/slow_test.ts", 50],
    ["t/far_test.ts", 2],
    ["t/a_test.ts", 2],
  ]);
  const plan = (limit: number) =>
    planTests("m/a.ts", distances, seconds, limit).map(({ tests }) => tests);
  assertEquals(plan(60), [["t/a_test.ts"], ["t/far_test.ts"], [
    "t/slow_test.ts",
  ]]);
  assertEquals(plan(10).flat(), ["t/a_test.ts", "t/far_test.ts"]);
});

Deno.test("of equally near and cheap tests, that with more words of the path runs first", () => {
  const near = "tests/m/gap/linear_gaps_test.ts";
  const tests = ["tests/a_test.ts", "tests/m/b_test.ts", near];
  const each = <T>(value: T) => new Map(tests.map((test) => [test, value]));
  const found = planTests("m/gap/linear_law.ts", each(1), each(2), 60);
  assertEquals(found.flatMap(({ tests }) => tests), tests.toReversed());
});

const outcome = (status: Outcome["status"], by = ""): Outcome => ({
  ...{ path: "models/a.ts", line: 3, kind: "operator", before: "a | b" },
  ...{ after: "a & b", status, by, tests: 2, seconds: 1.5 },
});

Deno.test("the report counts, and lists survivors first", () => {
  const outcomes = [
    ...[outcome("killed", "a test"), outcome("killed"), outcome("killed")],
    ...[outcome("survived"), outcome("equal", "the same")],
  ];
  const score = scoreOf(outcomes);
  assertEquals(score, { killed: 3, survived: 1, equal: 1 });
  assertEquals(
    scoreLine(score, 7),
    "Seed 7: 5 mutants; 3 killed, 1 survived, 1 equal; 75.0 % of those that can be killed.",
  );
  const rows = reportOf(outcomes, 7).split("\n").filter((line) =>
    line.includes("models/a.ts:3")
  );
  assertEquals(rows.length, 5);
  assert(rows[0]!.startsWith("| survived |"), rows[0]);
  assert(rows[1]!.includes("the same"), rows[1]);
  assert(rows[0]!.includes("``a \\| b``"), rows[0]);
});

Deno.test("scope and globs tell what is mutated", () => {
  for (
    const path of [
      ...["models/vae.ts", "compile/lower/pool.ts", "compile/graph/graph.ts"],
      ...["pipelines/vae/summarize_vae.ts", "fixtures/expected/iwae.json"],
      ...["pipelines/training/choose_optimizer.ts"],
    ]
  ) assert(isInScope(path), path);
  for (
    const path of [
      ...["compile/run/cpu.ts", "pipelines/vae/draw_samples.ts", "README.md"],
      ...["pipelines/charts/theme.ts", "tests/models/vae_test.ts"],
    ]
  ) assert(!isInScope(path), path);
  const isModel = matches("models/{vae,gan}*.ts");
  assertEquals(
    ["models/vae.ts", "models/gan.ts", "models/a.ts", "models/vae/a.ts"]
      .map(isModel),
    [true, true, false, false],
  );
  assert(matches("models/**")("models/layers/gru.ts"));
});

Deno.test("each mutant that is called equal is one that can be made, and has a reason", async () => {
  const url = new URL("../../scripts/mutants/equal.json", import.meta.url);
  const list: readonly Equal[] = JSON.parse(await Deno.readTextFile(url));
  const sources = new Map(textFiles.map(({ path, text }) => [path, text]));
  for (const { path, before, after, why } of list) {
    const source = sources.get(path) ?? "";
    const made = sitesOf(path, source).flatMap(({ mutants }) => mutants)
      .map((one) => linesOf(source, one));
    const found = made.some((one) =>
      one.before === before && one.after === after
    );
    assert(found, `${path}: ${after}`);
    assert(why.length > 20, why);
    assertEquals(whyEqual(list, path, { before, after }), why);
  }
  assertEquals(whyEqual(list, "none", { before: "", after: "" }), undefined);
  const split = (key: string, count: number) =>
    `const [a, b] = split(${key}, ${count});`;
  const isEqual = (before: string, after: string) =>
    whyEqual([], "any", { before, after }) !== undefined;
  assert(isEqual(split("context.key", 2), split("context.key", 3)));
  assert(!isEqual(split("context.key", 2), split("context.key", 1)));
  assert(!isEqual(split("x", 2), split("x", 3))); // a tensor, perhaps
  assert(isEqual("[f(x, y), Math.max(a.b, c)]", "[f(x, y), Math.max(c, a.b)]"));
  assert(!isEqual("[f(x, y), Math.max(a, b)]", "[f(y, x), Math.max(a, b)]"));
  assert(!isEqual("Math.max(a, b)", "Math.min(a, b)"));
  assert(isEqual("x.toFixed(1), y.toFixed(0)", "x.toFixed(1), y.toFixed()"));
  assert(!isEqual("x.toFixed(1), y.toFixed(0)", "x.toFixed(), y.toFixed(0)"));
});
