import { assertAlmostEquals, assertEquals } from "@std/assert";
import {
  EOS,
  logFrequencies,
  tokenCounts,
  unigramCrossEntropy,
  unigramEntropy,
  UNK,
} from "../../../../pipelines/text/parallel/tokens.ts";
import {
  listWords,
  splitWords,
  wordTokens,
} from "../../../../pipelines/text/parallel/words.ts";

Deno.test("words are joined by apostrophes and hyphens, marks stand alone, case is lowered", () => {
  assertEquals(splitWords("Ein T-Shirt, das's (3,5) kostet! „Größe“"), [
    ...["ein", "t-shirt", ",", "das's", "(", "3", ",", "5", ")"],
    ...["kostet", "!", "„", "größe", "“"],
  ]);
  assertEquals(splitWords("ma\u0308nner"), ["m\u00e4nner"]);
  assertEquals(splitWords(" \t"), []);
});

Deno.test("words are listed by frequency behind the marks, rare ones left out", () => {
  assertEquals(listWords(["b a b c", "a b d"], 2), [
    ...["<pad>", "<sos>", "<eos>", "<unk>"],
    ...["b", "a"],
  ]);
});

Deno.test("a sentence of known words comes back, and an unknown word is marked", () => {
  const tokens = wordTokens(listWords(["Zwei Hunde , die spielen ."], 1));
  const line = "zwei hunde, die spielen.";
  assertEquals(tokens.decode(tokens.encode(line)), line);
  assertEquals(tokens.encode("zwei katzen").at(-1), UNK);
});

Deno.test("frequencies count one end for each sentence; their entropy is by hand", () => {
  const counts = tokenCounts([[4, 4], [5]], 6);
  assertEquals([...counts], [0, 0, 2, 0, 2, 1]);
  const by = (p: number) => -p * Math.log(p);
  assertAlmostEquals(unigramEntropy(counts), 2 * by(2 / 5) + by(1 / 5), 1e-12);
  const logs = logFrequencies(counts);
  const sum = logs.reduce((total, one) => total + Math.exp(one), 0);
  assertAlmostEquals(sum, 1, 1e-6);
  assertAlmostEquals(logs[EOS]!, Math.log(2.1 / 5.6), 1e-6);
  const others = tokenCounts([[5, 3]], 6); // an unseen token among them
  assertAlmostEquals(
    unigramCrossEntropy(logs, others),
    -(Math.log(2.1) + Math.log(1.1) + Math.log(0.1)) / 3 + Math.log(5.6),
    1e-6,
  );
});
