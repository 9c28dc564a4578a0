import { assertEquals, assertGreater } from "@std/assert";
import { sourceFiles } from "./project_files.ts";

/** Beginnings without an antecedent: in a hover, nobody knows what they speak of. */
const DANGLING =
  /\/\*\*\s+(?:\* )?((?:Its|Of|The same|Their|Those|All of them|Likewise)\b[^\n]*)/g;

function dangling(text: string): readonly string[] {
  return [...text.matchAll(DANGLING)].map(([, line]) => line ?? "");
}

const documented = sourceFiles
  .filter(({ path }) => !/^(tests|stand_ins)\//.test(path));

Deno.test("a docstring names its thing: it begins with no word that points elsewhere", () => {
  assertGreater(documented.length, 300);
  const found = documented.flatMap(({ path, text }) =>
    dangling(text).map((line) => `${path}: ${line}`)
  );
  assertEquals(found, []);
});

Deno.test("dangling() finds beginnings of docstrings, and of those alone", () => {
  assertEquals(dangling("/** Its flags. */"), ["Its flags. */"]);
  assertEquals(dangling("  /** Of the mean, in nats. */"), [
    "Of the mean, in nats. */",
  ]);
  assertEquals(dangling("/**\n * The same for two layers.\n */"), [
    "The same for two layers.",
  ]);
  assertEquals(dangling("/** Offset of a schedule. */"), []);
  assertEquals(dangling("/** Mean.\n * Its error is small.\n */"), []);
});
