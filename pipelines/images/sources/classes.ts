/**
 * Classes of images from the labels that files give.
 * @module
 */
import type { Label, LabelledStack } from "./image_part.ts";

/** Classes, counted from 0. */
export interface Classes {
  /** The name of each class; none where there are no labels. */
  readonly names: readonly string[];
  /** The class of a label. */
  readonly indexOf: (label: Label) => number;
}

/** Labels are stored in two bytes, in one where it is enough. */
const MOST_CLASSES = 65_536;

/**
 * Numbers the classes: in the order of the labels' numbers, else of their text.
 *
 * @param labels All labels.
 * @param names Names in this order, where they are known: more than there are labels leave some unused.
 * @returns The classes.
 * @throws {RangeError} If there are more than 65,536 classes, more classes than names, or a label is no whole number and no text.
 */
export function classesOf(
  labels: readonly Label[],
  names?: readonly string[],
): Classes {
  const distinct = [...new Set(labels)];
  const isNumeric = distinct.every((label) => typeof label === "number");
  const wrong = distinct.find((label) =>
    typeof label === "number" ? !Number.isInteger(label) : label === ""
  );
  if (wrong !== undefined) {
    throw new RangeError(
      `Expected labels to be whole numbers or texts but found ${
        JSON.stringify(wrong)
      }`,
    );
  }
  const order = isNumeric
    ? (distinct as number[]).sort((a, b) => a - b) // numeric
    : distinct.sort((a, b) => String(a) < String(b) ? -1 : 1);
  const isCounted = isNumeric &&
    order.every((label) =>
      Number(label) >= 0 && Number(label) < (names?.length ?? MOST_CLASSES)
    ) && (names !== undefined || isDense(order as number[]));
  const count = isCounted && names !== undefined ? names.length : order.length;
  if (count > MOST_CLASSES) {
    throw new RangeError(
      `Expected at most ${MOST_CLASSES} classes but found ${count}`,
    );
  }
  if (names !== undefined && order.length > names.length) {
    throw new RangeError(
      `Expected a name for each of ${order.length} classes but found ${names.length}`,
    );
  }
  const places = new Map(order.map((label, i) => [label, i]));
  return {
    names: names?.slice(0, count) ?? order.map(String),
    indexOf: isCounted
      ? (label) => Number(label)
      : (label) => places.get(label)!, // every label is among them
  };
}

/** Whether numbers are 0, 1, 2, ... without a gap. */
function isDense(order: readonly number[]): boolean {
  return order.every((label, i) => label === i);
}

/**
 * Refuses splits of which only some have labels.
 *
 * @throws {SyntaxError} If labels of one split are missing.
 */
export function expectLabelled(parts: readonly LabelledStack[]): void {
  const bare = parts.find(({ labels }) => labels === undefined);
  const labelled = parts.find(({ labels }) => labels !== undefined);
  if (bare === undefined || labelled === undefined) return;
  throw new SyntaxError(
    `Expected labels for the images of ${bare.file} as for those of ${labelled.file} but found none`,
  );
}
