import { assertEquals } from "@std/assert";
import type { Comparison } from "../../bench/comparisons.ts";
import { rowLine, rowsOf, significant, spread } from "../../bench/table.ts";

const command = (name: string) => ({ name, program: "none", args: [] });

const comparison: Comparison = {
  work: "a step",
  unit: "step",
  atMost: 0.8,
  ours: [command("plain"), command("quick")],
  rivals: [
    { command: command("bound"), isBound: true, atMost: 1.5 },
    { command: command("reported"), isBound: true },
    { command: command("slow") },
    { command: command("fast") },
    { command: command("other") },
  ],
};

const timings = [
  { name: "plain", facts: "", times: [4, 8, 6] },
  { name: "quick", facts: "", times: [2, 4, 3] },
  { name: "bound", facts: "", times: [1, 1, 1] },
  { name: "reported", facts: "", times: [2, 2, 2] },
  { name: "slow", facts: "", times: [8, 8, 8] },
  { name: "fast", facts: "", times: [4, 4, 4] },
  { name: "other", facts: "no such file", times: [] },
];

Deno.test("rowsOf() compares the plain and the fastest setting with bounds and with the fastest peer, round by round", () => {
  const rows = rowsOf(comparison, timings)
    .map(({ work, against, ratio, atMost }) => [work, against, ratio, atMost]);
  assertEquals(rows, [
    [
      "a step, plain",
      "bound: 1.00 ms per step",
      "**6.00** (4.00, 8.00)",
      "1.5",
    ],
    [
      "a step, quick",
      "bound: 1.00 ms per step",
      "**3.00** (2.00, 4.00)",
      "1.5",
    ],
    [
      "a step, quick",
      "reported: 2.00 ms per step",
      "**1.50** (1.00, 2.00)",
      "reported",
    ],
    [
      "a step, quick",
      "slow: 8.00 ms per step",
      "**0.375** (0.250, 0.500)",
      "reported",
    ],
    [
      "a step, plain",
      "fast (the fastest): 4.00 ms per step",
      "**1.50** (1.00, 2.00)",
      "0.8",
    ],
    [
      "a step, quick",
      "fast (the fastest): 4.00 ms per step",
      "**0.750** (0.500, 1.00)",
      "0.8",
    ],
    [
      "a step, quick",
      "other: not measured (no such file)",
      "not measured",
      "reported",
    ],
  ]);
});

Deno.test("rowsOf() says so where no peer was measured", () => {
  const none = timings.map((one, i) => i < 4 ? one : { ...one, times: [] });
  const limits = rowsOf(comparison, none).slice(3);
  assertEquals(limits.map(({ ratio }) => ratio), Array(4).fill("not measured"));
  assertEquals(limits.map(({ ours }) => ours)[1], "3.00 ms per step");
});

Deno.test("rowLine() lays out a line of a table", () => {
  const row = { work: "a", ours: "b", against: "c", ratio: "d", atMost: "e" };
  assertEquals(rowLine(row), "| a | b | c | d | e |");
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
