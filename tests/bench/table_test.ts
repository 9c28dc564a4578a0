import { assertEquals, assertThrows } from "@std/assert";
import type { Comparison } from "../../bench/comparisons.ts";
import { replaceBetween } from "../../bench/readme.ts";
import { markdown, rowsOf, significant, spread } from "../../bench/table.ts";

const command = (name: string) => ({ name, program: "none", args: [] });

const comparison: Comparison = {
  work: "a step",
  unit: "step",
  ours: [command("plain"), command("quick")],
  rivals: [
    { command: command("rival"), atMost: 0.8 },
    { command: command("other") },
  ],
};

Deno.test("rowsOf() compares the plain and the fastest setting, round by round", () => {
  const rows = rowsOf(comparison, [
    { name: "plain", facts: "", times: [4, 8, 6] },
    { name: "quick", facts: "", times: [2, 4, 3] },
    { name: "rival", facts: "", times: [4, 4, 4] },
    { name: "other", facts: "no such file", times: [] },
  ]);
  assertEquals(rows, [
    {
      work: "a step, plain",
      ours: "6.00 ms per step",
      against: "rival: 4.00 ms per step",
      ratio: "**1.50** (1.00, 2.00)",
      atMost: "0.8",
    },
    {
      work: "a step, quick",
      ours: "3.00 ms per step",
      against: "rival: 4.00 ms per step",
      ratio: "**0.750** (0.500, 1.00)",
      atMost: "0.8",
    },
    {
      work: "a step, quick",
      ours: "3.00 ms per step",
      against: "other: not measured (no such file)",
      ratio: "not measured",
      atMost: "reported",
    },
  ]);
});

Deno.test("markdown() lays out a line for each row", () => {
  const row = { work: "a", ours: "b", against: "c", ratio: "d", atMost: "e" };
  assertEquals(markdown([row]).split("\n").at(-1), "| a | b | c | d | e |");
});

Deno.test("significant() and spread() give three digits", () => {
  assertEquals([0.01234, 1, 99.94, 1234.5].map(significant), [
    "0.0123",
    "1.00",
    "99.9",
    "1235",
  ]);
  assertEquals(spread([1, 2, 9]), "**2.00** (1.00, 9.00)");
});

Deno.test("replaceBetween() changes what stands between the marks alone", () => {
  const text = "a\n<!-- results -->\nold\n<!-- end of results -->\nb\n";
  const once = replaceBetween(text, "new");
  assertEquals(
    once,
    "a\n<!-- results -->\n\nnew\n\n<!-- end of results -->\nb\n",
  );
  assertEquals(replaceBetween(once, "new"), once);
  assertThrows(() => replaceBetween("no marks", "new"), TypeError);
});
