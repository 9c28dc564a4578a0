/**
 * Halves of batches.
 * @module
 */
import { elementCount } from "../../compile/graph/shape.ts";
import type { Feeds, InputSpec, InputSpecs } from "../../compile/types.ts";

/**
 * Inputs of half a batch.
 *
 * @throws {RangeError} If they do not share a first axis of an even length.
 */
export function halvesOf(inputs: InputSpecs): InputSpecs {
  let length: number | undefined;
  const halved = Object.entries(inputs).map(([name, spec]) => {
    const [first, ...rest] = spec.shape;
    length ??= first;
    if (first === undefined || first % 2 !== 0 || first !== length) {
      throw new RangeError(
        `Expected a first axis of one even length in all inputs but found input "${name}" of shape [${spec.shape}]`,
      );
    }
    return [name, { ...spec, shape: [first / 2, ...rest] }] as const;
  });
  return Object.fromEntries(halved);
}

/**
 * The numbers of both halves of a batch, where they are.
 *
 * @throws {RangeError} If an input has another length.
 */
export function split(
  inputs: InputSpecs,
  feeds: Readonly<Record<string, unknown>>,
): readonly [Feeds<InputSpecs>, Feeds<InputSpecs>] {
  const parts = Object.entries(inputs).map(([name, spec]) => {
    const [first, second] = halvesOfFeed(name, spec, feeds[name]);
    return [[name, first], [name, second]] as const;
  });
  return [
    Object.fromEntries(parts.map(([first]) => first)),
    Object.fromEntries(parts.map(([, second]) => second)),
  ];
}

function halvesOfFeed(
  name: string,
  { shape }: InputSpec,
  feed: unknown,
): readonly [Numbers, Numbers] {
  const length = elementCount(shape);
  const found = ArrayBuffer.isView(feed)
    ? (feed as Numbers).length
    : typeof feed;
  if (found !== length) {
    throw new RangeError(
      `Expected ${length} numbers for input "${name}" of shape [${shape}] but found ${found}`,
    );
  }
  const numbers = feed as Numbers; // as was found
  return [numbers.subarray(0, length / 2), numbers.subarray(length / 2)];
}

type Numbers = Float32Array | Int32Array | Uint8Array;
