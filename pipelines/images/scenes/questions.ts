/**
 * What is read in a scene.
 * @module
 */
import { captionOf } from "./caption.ts";
import {
  colourNames,
  digitsOf,
  places,
  type Scene,
  thicknesses,
} from "./scene.ts";

/** A question about a scene. */
export type Question =
  | "ink"
  | "ground"
  | "thickness"
  | "place";

/** Possible answers to each question, in the order in which a network gives them. */
export const questions: Readonly<Record<Question, number>> = {
  ink: colourNames.length,
  ground: colourNames.length,
  thickness: thicknesses.length,
  place: places.length + 2, // side by side, and one above the other
};

/** Names of the questions, in order. */
export const questionNames = Object.keys(questions) as readonly Question[]; // the table's own

/** Answers to all questions, and the digits. */
export interface Answers extends Readonly<Record<Question, number>> {
  /** The only one, or the left or the upper one. */
  readonly firstDigit: number;
  /** The right or the lower one, or `noDigit`. */
  readonly secondDigit: number;
}

/** Stands for the second digit where there is none. */
export const noDigit = 10;

/** The right answers for a scene. */
export function answersOf(scene: Scene): Answers {
  const { placed } = scene;
  const digits = digitsOf(scene);
  const isBackward = "relation" in placed &&
    (placed.relation === "right of" || placed.relation === "below");
  const [first, second = noDigit] = isBackward ? [...digits].reverse() : digits;
  return {
    ink: colourNames.indexOf(scene.ink),
    ground: colourNames.indexOf(scene.ground),
    thickness: thicknesses.indexOf(scene.thickness),
    place: placeOf(scene),
    firstDigit: first!, // at least one digit
    secondDigit: second,
  };
}

function placeOf({ placed }: Scene): number {
  if ("place" in placed) return places.indexOf(placed.place);
  const isBeside = placed.relation === "left of" ||
    placed.relation === "right of";
  return places.length + (isBeside ? 0 : 1);
}

/**
 * What answers say, as the caption of a scene.
 *
 * Where there is a second digit but a place for one, or the other way round, the digits decide.
 */
export function readingOf(answers: Answers): string {
  const digit = answers.firstDigit;
  const isStacked = answers.place === places.length + 1;
  const place = places[answers.place] ?? "middle";
  return captionOf({
    ink: colourNames[answers.ink]!, // as many answers as names
    ground: colourNames[answers.ground]!,
    thickness: thicknesses[answers.thickness]!,
    placed: answers.secondDigit === noDigit ? { digit, place } : {
      digit,
      relation: isStacked ? "above" : "left of",
      other: answers.secondDigit,
    },
  });
}
