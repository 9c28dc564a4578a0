import { assertRejects } from "@std/assert";
import { encodeSafetensors } from "../../../pipelines/core/run/checkpoints/safetensors.ts";
import { decodeTranslator } from "../../../pipelines/translation/translator_file.ts";

const sizes = {
  vocabulary: { source: 9, target: 9 },
  embedding: 4,
  units: 4,
  attention: "none",
  maxSource: 8,
};
const direction = { source: "de", target: "en", sourceEnd: "eos" };

Deno.test("decodeTranslator() names what is wrong with a file", async () => {
  const cases: readonly [Record<string, unknown>, string][] = [
    [{}, 'Expected the file to hold "sizes" but found none'],
    [{ sizes: { ...sizes, units: "4" }, direction }, "units: "],
    [{ sizes: { ...sizes, units: -4 }, direction }, "units: "],
    [{ sizes: { ...sizes, attention: "dot" }, direction }, "attention: "],
    [{ sizes, direction: { ...direction, sourceEnd: 1 } }, "sourceEnd: "],
  ];
  for (const [content, message] of cases) {
    const metadata = Object.fromEntries(
      Object.entries(content).map(([name, one]) => [name, JSON.stringify(one)]),
    );
    const bytes = encodeSafetensors({ tensors: {}, metadata });
    await assertRejects(
      () => decodeTranslator(bytes, "the file"),
      SyntaxError,
      message,
    );
  }
});
