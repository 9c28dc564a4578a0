import { assertEquals, assertThrows } from "@std/assert";
import { changeBetween } from "../../bench/readme.ts";
import {
  readResults,
  type Results,
  resultsText,
  withSection,
} from "../../bench/results.ts";
import { attempt } from "../../bench/sections.ts";

const row = (work: string, ours: string) => ({
  work,
  ours,
  against: "-",
  ratio: "**2.00**",
  atMost: "3",
});

const old: Results = {
  rows: [row("VAE, 1 step", "a"), row("VAE, 8 steps", "b"), row("GAN", "c")],
  facts: ["this machine", "VAE: first", "VAE: second", "GAN: third"],
};

Deno.test("readResults() reads what resultsText() gave, formatted or not", () => {
  assertEquals(readResults(resultsText(old)), old);
  const formatted = [
    "| work | ours | against | ours / theirs (least, greatest) | at most |",
    "| ---- | ---- | ------- | ------------------------------- | ------- |",
    "| GAN  | c    | -       | **2.00**                        | 3       |",
    "",
    "- a machine with a name",
    "  of two lines",
    "- GAN: third",
  ].join("\n");
  assertEquals(readResults(formatted), {
    rows: [row("GAN", "c")],
    facts: ["a machine with a name of two lines", "GAN: third"],
  });
});

Deno.test("withSection() replaces the rows and facts of one work in their place", () => {
  const section = {
    work: "VAE",
    rows: [row("VAE, 1 step", "new")],
    facts: ["x"],
  };
  assertEquals(withSection(old, section, "this machine"), {
    rows: [row("VAE, 1 step", "new"), row("GAN", "c")],
    facts: ["this machine", "VAE: x", "GAN: third"],
  });
  const other = { work: "flow", rows: [row("flow", "d")], facts: ["y"] };
  assertEquals(withSection(old, other, "this machine"), {
    rows: [...old.rows, row("flow", "d")],
    facts: [...old.facts, "flow: y"],
  });
});

Deno.test("withSection() does not mix two machines", () => {
  const section = { work: "GAN", rows: [row("GAN", "new")], facts: [] };
  assertEquals(withSection(old, section, "another machine"), {
    rows: [row("GAN", "new")],
    facts: ["another machine"],
  });
});

Deno.test("a work that cannot be measured has a row that tells why, and costs no other", async () => {
  const measure = () => Promise.reject(new TypeError("no such file\nat line"));
  assertEquals(await attempt({ work: "GAN", measure }), {
    work: "GAN",
    rows: [{
      work: "GAN",
      ours: "not measured (TypeError: no such file)",
      against: "-",
      ratio: "not measured",
      atMost: "-",
    }],
    facts: [],
  });
});

Deno.test("changeBetween() changes what stands between the marks alone", () => {
  const text = "a\n<!-- results -->\nold\n<!-- end of results -->\nb\n";
  const once = changeBetween(
    text,
    (found) => `${found.trim()}, new`,
    "results",
  );
  assertEquals(
    once,
    "a\n<!-- results -->\n\nold, new\n\n<!-- end of results -->\nb\n",
  );
  assertThrows(() => changeBetween("no marks", String, "results"), TypeError);
  const both = `${once}<!-- busy results -->\n<!-- end of busy results -->\n`;
  assertEquals(
    changeBetween(both, () => "busy", "busy results"),
    `${once}<!-- busy results -->\n\nbusy\n\n<!-- end of busy results -->\n`,
  );
});
