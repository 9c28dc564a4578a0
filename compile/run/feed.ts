/**
 * What a caller feeds is checked and laid out before anything runs.
 * @module
 */
import { elementCount } from "../graph/shape.ts";
import type { InputSpecs } from "../types.ts";
import type { ArrayOf, DType } from "../dtype.ts";

/** The numbers of one call, ready for a device. */
export interface FeedBatch {
  /** How many steps they are for. */
  readonly steps: number;
  /** Numbers of each input: all steps, one after the other. */
  readonly arrays: ReadonlyMap<string, ArrayOf<DType>>;
}

/**
 * Checks the inputs of a call.
 *
 * @param specs What the function takes.
 * @param feeds What it is given.
 * @param stepsPerCall The most steps a call may have.
 * @returns Arrays in the type of each input.
 * @throws {TypeError} If an input is missing, unknown or of another type.
 * @throws {RangeError} If an input has another length.
 */
export function checkFeeds(
  specs: InputSpecs,
  feeds: Readonly<Record<string, unknown>>,
  stepsPerCall: number,
): FeedBatch {
  for (const name of Object.keys(feeds)) {
    if (name in specs) continue;
    const known = Object.keys(specs).join(", ") || "none";
    throw new TypeError(`Expected inputs ${known} but found "${name}"`);
  }
  const steps = countSteps(specs, feeds, stepsPerCall);
  const arrays = new Map<string, ArrayOf<DType>>();
  for (const [name, { shape, dtype = "float32" }] of Object.entries(specs)) {
    const length = steps * elementCount(shape);
    const isOne = elementCount(shape) === 1;
    const array = toArray(name, feeds[name], dtype, isOne ? steps : 1);
    if (array.length !== length) {
      const axes = stepsPerCall > 1 ? [steps, ...shape] : shape;
      throw new RangeError(
        `Expected ${length} numbers for input "${name}" of shape [${axes}] but found ${array.length}`,
      );
    }
    arrays.set(name, array);
  }
  return { steps, arrays };
}

/** The first array tells how many steps a call has: other inputs must agree. */
function countSteps(
  specs: InputSpecs,
  feeds: Readonly<Record<string, unknown>>,
  stepsPerCall: number,
): number {
  if (stepsPerCall === 1) return 1;
  for (const [name, { shape }] of Object.entries(specs)) {
    const feed = feeds[name];
    const count = elementCount(shape);
    if (!isArray(feed) || count === 0) continue;
    const steps = feed.length / count;
    if (Number.isInteger(steps) && steps >= 1 && steps <= stepsPerCall) {
      return steps;
    }
    throw new RangeError(
      `Expected input "${name}" of shape [${shape}] for 1 to ${stepsPerCall} steps but found ${feed.length} numbers`,
    );
  }
  return stepsPerCall;
}

function toArray(
  name: string,
  feed: unknown,
  dtype: DType,
  copies: number,
): ArrayOf<DType> {
  if (typeof feed === "number" || typeof feed === "boolean") {
    if ((typeof feed === "boolean") !== (dtype === "bool")) {
      throw new TypeError(
        `Expected input "${name}" to be ${dtype} but found ${feed}`,
      );
    }
    checkNumber(name, Number(feed), dtype);
    return arrayOf(dtype, copies).fill(Number(feed));
  }
  if (dtype === "float32" && feed instanceof Float32Array) return feed;
  if (dtype === "int32" && feed instanceof Int32Array) return feed;
  if (feed instanceof Uint8Array) {
    if (dtype === "float32") return Float32Array.from(feed);
    return dtype === "int32" ? Int32Array.from(feed) : truthValues(feed);
  }
  const found = feed instanceof Object ? feed.constructor.name : String(feed);
  throw new TypeError(
    `Expected input "${name}" to be ${dtype} but found ${found}`,
  );
}

/** @throws {RangeError} If a type does not hold a number. */
function checkNumber(name: string, number: number, dtype: DType): void {
  const isHeld = dtype === "int32"
    ? number === (number | 0)
    : Number.isFinite(Math.fround(number)) || !Number.isFinite(number);
  if (isHeld) return;
  const range = dtype === "int32"
    ? "a whole number from -2147483648 to 2147483647"
    : "a number within the range of float32";
  throw new RangeError(
    `Expected input "${name}" to be ${range} but found ${number}`,
  );
}

/** Bools as 0 and 1: of bytes, every one but 0 is true. */
export function truthValues(bytes: Uint8Array): Uint8Array {
  return haveOnlyTruth(bytes) ? bytes : bytes.map((byte) => byte === 0 ? 0 : 1);
}

/** Whether all bytes are 0 or 1; four at a time, for a batch of images has 1e5. */
function haveOnlyTruth(bytes: Uint8Array): boolean {
  const start = Math.min(-bytes.byteOffset & 3, bytes.length);
  const count = (bytes.length - start) >> 2;
  const words = count === 0
    ? new Uint32Array()
    : new Uint32Array(bytes.buffer, bytes.byteOffset + start, count);
  let bits = 0;
  for (let i = 0; i < count; i++) bits |= words[i]!; // for-of would take five times as long
  for (let i = 0; i < start; i++) bits |= bytes[i]!; // before the first word
  for (let i = start + 4 * count; i < bytes.length; i++) bits |= bytes[i]!; // after the last
  return (bits & 0xfefefefe) === 0;
}

/** Makes an array of zeros. */
export function arrayOf(dtype: DType, length: number): ArrayOf<DType> {
  if (dtype === "float32") return new Float32Array(length);
  return dtype === "int32" ? new Int32Array(length) : new Uint8Array(length);
}

/** Copies numbers: a cast tensor of TensorFlow.js may hold those of the type that it was cast from. */
export function arrayFrom(
  dtype: DType,
  numbers: ArrayLike<number>,
): ArrayOf<DType> {
  const copy = arrayOf(dtype, numbers.length);
  copy.set(numbers);
  return copy instanceof Uint8Array ? truthValues(copy) : copy;
}

function isArray(feed: unknown): feed is ArrayOf<DType> {
  return feed instanceof Float32Array || feed instanceof Int32Array ||
    feed instanceof Uint8Array;
}
