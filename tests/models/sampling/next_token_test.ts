import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import {
  likeliestToken,
  nextToken,
  type NextTokenOptions,
} from "../../../models/sampling/next_token.ts";

/** Probabilities 1/8, 1/2, 1/8, 1/4. */
const logits = tf.log(tf.tensor2d([[0.125, 0.5, 0.125, 0.25]]));

/** An interval of noise holds its share of evenly spread draws but for one at most. */
function assertShares(options: NextTokenOptions, expected: number[]): void {
  shares(options).forEach((share, token) =>
    assertAlmostEquals(share, expected[token]!, 1.001 / DRAWS)
  );
}

const DRAWS = 1000;

/** How often each token is drawn under noise spread evenly over [0, 1). */
function shares(options: NextTokenOptions): number[] {
  const noise = tf.tensor1d(
    Array.from({ length: DRAWS }, (_, i) => (i + 0.5) / DRAWS),
  );
  const rows = tf.tile(logits, [DRAWS, 1]);
  const counts = [0, 0, 0, 0];
  for (const token of nextToken(rows, noise, options).dataSync()) {
    counts[token]! += 1 / DRAWS;
  }
  return counts;
}

Deno.test("nextToken() draws tokens as often as they are likely", () => {
  assertShares({}, [0.125, 0.5, 0.125, 0.25]);
});

Deno.test("nextToken() with top-k leaves out all but the k likeliest", () => {
  assertShares({ topK: 2 }, [0, 2 / 3, 0, 1 / 3]); // 1/2 and 1/4 of 3/4
  assertShares({ topK: 1 }, [0, 1, 0, 0]);
});

Deno.test("nextToken() at temperature 1/2 squares the probabilities", () => {
  const squares = [1, 16, 1, 4]; // of 64
  assertShares({ temperature: 0.5 }, squares.map((square) => square / 22));
});

Deno.test("likeliestToken() takes the token that nextToken() takes at top-k 1", () => {
  assertEquals([...likeliestToken(logits).dataSync()], [1]);
});

Deno.test("nextToken() refuses a temperature of zero and a top-k beyond the vocabulary", () => {
  const noise = tf.tensor1d([0]);
  assertThrows(
    () => nextToken(logits, noise, { temperature: 0 }),
    RangeError,
    "Expected temperature to be positive but found 0",
  );
  assertThrows(
    () => nextToken(logits, noise, { topK: 5 }),
    RangeError,
    "Expected top-k from 1 to 4 tokens but found 5",
  );
});
