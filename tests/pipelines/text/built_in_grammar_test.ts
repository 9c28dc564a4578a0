import { assertAlmostEquals, assertEquals, assertMatch } from "@std/assert";
import { sha256 } from "../../../pipelines/core/sha256.ts";
import { builtInGrammar } from "../../../pipelines/text/built_in_grammar.ts";
import { decode } from "../../../pipelines/text/vocabulary.ts";

const text = builtInGrammar();

Deno.test("builtInGrammar() writes sentences", () => {
  const [first = ""] = decode(text.train.subarray(0, 500), text.vocabulary)
    .split("\n");
  assertMatch(first, /^(the|a|every) [a-z ,]+\.$/);
});

Deno.test("builtInGrammar() is the same text on every machine", async () => {
  const { train, validation, test, vocabulary } = text;
  const whole = [train, validation, test].map((split) =>
    decode(split, vocabulary)
  ).join("");
  assertEquals(whole.length, 400_000);
  assertEquals(
    await sha256(new TextEncoder().encode(whole)),
    "7b3e38fd0944a80c8272d484b45e861e238bb0124d058ac5253629d573a6b2e0",
  );
});

Deno.test("builtInGrammar() knows its entropy rate, in nats per character", () => {
  // The value of another computation: tests/pipelines/text/grammar_test.ts, characterEntropy().
  assertAlmostEquals(text.entropyRate ?? 0, 0.26998607840804983, 1e-10);
});
