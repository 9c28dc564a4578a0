/**
 * How often what is read in scenes is what they were to show.
 * @module
 */
import {
  type MeanAndError,
  meanAndError,
} from "../../statistics/mean_and_error.ts";
import type { Scene } from "./scene.ts";
import { type Answers, answersOf } from "./questions.ts";

/** What is compared. */
export type Attribute =
  | "ink"
  | "ground"
  | "thickness"
  | "place"
  /** Right where all digits are, each in its place. */
  | "digits"
  | "everything";

/** All of what is compared, in order. */
export const attributes: readonly Attribute[] = [
  ...["ink", "ground", "thickness", "place"] as const,
  ...["digits", "everything"] as const,
];

/** Part of scenes in which each attribute is right, with its standard error. */
export type Accuracy = Readonly<Record<Attribute, MeanAndError>>;

/** Whether each attribute of a scene is read as it was to be. */
export function rightOf(
  found: Answers,
  scene: Scene,
): Readonly<Record<Attribute, boolean>> {
  const wanted = answersOf(scene);
  const is = (name: keyof Answers) => found[name] === wanted[name];
  const right = {
    ink: is("ink"),
    ground: is("ground"),
    thickness: is("thickness"),
    place: is("place"),
    digits: is("firstDigit") && is("secondDigit"),
  };
  return { ...right, everything: Object.values(right).every(Boolean) };
}

/**
 * Compares what was read with what was to be shown.
 *
 * @param found Answers for each scene.
 * @param scenes As many scenes.
 * @returns The accuracy.
 * @throws {RangeError} If there are not as many of both.
 */
export function accuracyOf(
  found: readonly Answers[],
  scenes: readonly Scene[],
): Accuracy {
  if (found.length !== scenes.length) {
    throw new RangeError(
      `Expected answers for ${scenes.length} scenes but found ${found.length}`,
    );
  }
  const right = found.map((answers, i) => rightOf(answers, scenes[i]!)); // as many
  return Object.fromEntries(
    attributes.map((name) => [
      name,
      meanAndError(right.map((one) => Number(one[name]))),
    ]),
  ) as Accuracy; // all attributes
}
