/**
 * Functions that draw random numbers inside: of tf.layers with dropout or noise, or `tf.dropout()` itself.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { CompileError } from "./compile_error.ts";
import { elementCount } from "./graph/shape.ts";
import type { FeedBatch } from "./run/feed.ts";
import type { RunnerOptions, StepFunction } from "./step_function.ts";
import { type DrawKind, type Drawn, withSeeds } from "./trace/draws.ts";
import { traceOnce } from "./trace/trace.ts";
import type { Device, InputSpecs } from "./types.ts";

/** How a compiled function draws. */
export interface Randomness {
  /** The function, whose draws are seeded or replaced. */
  readonly fn: StepFunction;
  readonly options: RunnerOptions;
  /** Adds what the function draws to what it is fed. */
  readonly feed: (batch: FeedBatch) => FeedBatch;
}

/** Numbers to draw at every step: from `from` to `from + range`, or of that mean and standard deviation. */
interface Draw {
  readonly kind: DrawKind;
  readonly shape: readonly number[];
  readonly from: number;
  readonly range: number;
}

/**
 * Lets an input seed what a function draws, at every step and on every device alike.
 *
 * @param key Name of an int32 input.
 * @throws {TypeError} If there is no such input.
 * @throws {CompileError} If the function draws what cannot be drawn anew.
 */
export function seededBy(
  key: string,
  fn: StepFunction,
  options: RunnerOptions,
  device: Device,
): Randomness {
  if (options.inputs[key]?.dtype !== "int32") {
    throw new TypeError(
      `Expected randomness to name an int32 input but found "${key}"`,
    );
  }
  if (device === "tfjs") {
    const seeded: StepFunction = (tensors) => {
      const numbers = tensors[key]!.dataSync(); // checked above
      const seedOf = (draw: number) => seedFrom(numbers, draw);
      return withSeeds(seedOf, undefined, () => fn(tensors)).result;
    };
    return { fn: seeded, options, feed: (batch) => batch };
  }
  const draws = findDraws(fn, options, device);
  const inputs = Object.fromEntries(
    draws.map(({ shape }, i) => [hiddenName(i), { shape }] as const),
  );
  return {
    fn: (tensors) => {
      const own = Object.entries(tensors).filter(([name]) => !(name in inputs));
      const hidden = draws.map((_, i) => tensors[hiddenName(i)]!); // one for each
      const call = () => fn(Object.fromEntries(own));
      return withSeeds(traceSeed(0), hidden, call).result;
    },
    options: { ...options, inputs: { ...options.inputs, ...inputs } },
    feed: (batch) => drawAll(batch, key, draws, options.inputs),
  };
}

function hiddenName(draw: number): string {
  return `random/${draw}`;
}

/** Seeds while tracing, other ones for each trace. */
function traceSeed(trace: number): (draw: number) => number {
  return (draw) => seedFrom([trace], draw);
}

/** Calls the function until it creates no more variables, and twice more to see what it draws. */
function findDraws(
  fn: StepFunction,
  options: RunnerOptions,
  target: "cpu" | "webgpu",
): readonly Draw[] {
  const draw = (trace: number) => {
    const call = () => traceOnce(fn, options, target);
    return withSeeds(traceSeed(trace), undefined, call);
  };
  traceOnce(fn, options, target); // may create variables, whose first values are drawn once
  const [first, second] = [draw(1).drawn, draw(2).drawn];
  if (first.length !== second.length) {
    throw new CompileError(
      `Cannot compile a function that draws ${first.length} times in one call and ${second.length} times in the next`,
    );
  }
  return first.map((drawn, i) => drawOf(drawn, second[i]!)); // as many
}

/** Finds the interval, or mean and deviation, from what two seeds gave. */
function drawOf(first: Drawn, second: Drawn): Draw {
  const { kind, shape } = first;
  const points = [first, second].flatMap(({ seed, numbers }) => {
    const like = { kind, shape: [numbers.length], from: 0, range: 1 };
    const standard = draw(like, seed);
    return Array.from(numbers, (y, i) => ({ x: standard[i]!, y })); // as many
  });
  const low = points.reduce((a, b) => b.x < a.x ? b : a);
  const high = points.reduce((a, b) => b.x > a.x ? b : a);
  const range = (high.y - low.y) / (high.x - low.x);
  const from = low.y - range * low.x;
  for (let digits = 1; digits <= 9; digits++) {
    const rounded: Draw = {
      kind,
      shape,
      from: roundTo(from, digits, range),
      range: Number(range.toPrecision(digits)),
    };
    if ([first, second].every((drawn) => isDrawnBy(rounded, drawn))) {
      return rounded;
    }
  }
  throw new CompileError(
    `Cannot compile ${kind} of shape [${shape}]: its numbers are not those that its seed gives; draw outside and pass them as an input`,
  );
}

/** Rounds to some digits of the larger of two numbers. */
function roundTo(value: number, digits: number, other: number): number {
  const scale = Math.max(Math.abs(value), Math.abs(other));
  const places = digits - 1 - Math.floor(Math.log10(scale));
  return Number(value.toFixed(Math.max(0, Math.min(20, places))));
}

/** The first of many numbers are those of a shorter draw. */
function isDrawnBy(like: Draw, { seed, numbers }: Drawn): boolean {
  const again = draw({ ...like, shape: [numbers.length] }, seed);
  return numbers.every((value, i) =>
    Math.abs(value - again[i]!) <=
      2 ** -22 * Math.max(Math.abs(value), Math.abs(like.range)) // as many; roundings of a sum
  );
}

function draw(
  { kind, shape, from, range }: Draw,
  seed: number,
): Float32Array {
  return tf.tidy(() => {
    const list = [...shape];
    const tensor = kind === "randomUniform"
      ? tf.randomUniform(list, from, from + range, "float32", seed)
      : tf[kind](list, from, range, "float32", seed);
    return tensor.dataSync() as Float32Array; // as asked for
  });
}

function drawAll(
  batch: FeedBatch,
  key: string,
  draws: readonly Draw[],
  specs: InputSpecs,
): FeedBatch {
  const keys = batch.arrays.get(key)!; // checked when compiled
  const length = elementCount(specs[key]!.shape);
  const arrays = new Map(batch.arrays);
  draws.forEach((each, i) => {
    const count = elementCount(each.shape);
    const numbers = new Float32Array(batch.steps * count);
    for (let step = 0; step < batch.steps; step++) {
      const own = keys.slice(step * length, (step + 1) * length);
      numbers.set(draw(each, seedFrom(own, i)), step * count);
    }
    arrays.set(hiddenName(i), numbers);
  });
  return { ...batch, arrays };
}

/** A number between 0 and 1 from a key and the number of a draw: two lanes of MurmurHash3 (Appleby 2011), 53 bits. */
function seedFrom(key: ArrayLike<number>, draw: number): number {
  const words = [...Array.from(key), key.length, draw];
  const hash = (start: number) =>
    words.reduce((state, word) => finalize(state ^ finalize(word)), start) >>>
    0;
  const [high, low] = [hash(0x243f6a88), hash(0x13198a2e)];
  return ((high >>> 5) * 2 ** 26 + (low >>> 6) + 1) / (2 ** 53 + 2);
}

/** MurmurHash3's last step, which mixes all bits. */
function finalize(word: number): number {
  let h = Math.imul(word, 0x9e3779b1) + 0x7f4a7c15 | 0;
  h = Math.imul(h ^ h >>> 16, 0x85ebca6b);
  h = Math.imul(h ^ h >>> 13, 0xc2b2ae35);
  return h ^ h >>> 16;
}
