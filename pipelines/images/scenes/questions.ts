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
  | "place"
  | "firstDigit"
  | "secondDigit";

/** Answers to each question, in the order in which a network gives them. */
export const questions: Readonly<Record<Question, number>> = {
  ink: colourNames.length,
  ground: colourNames.length,
  thickness: thicknesses.length,
  place: places.length + 2, // side by side, and one above the other
  firstDigit: 10, // the only one, the left or the upper one
  secondDigit: 11, // the right or the lower one, or none
};

/** Names of the questions, in order. */
export const questionNames = Object.keys(questions) as readonly Question[]; // the table's own

/** Answers to all questions. */
export type Answers = Readonly<Record<Question, number>>;

/** Answer to the second digit where there is none. */
const NONE = 10;

/** The right answers for a scene. */
export function answersOf(scene: Scene): Answers {
  const { placed } = scene;
  const digits = digitsOf(scene);
  const isBackward = "relation" in placed &&
    (placed.relation === "right of" || placed.relation === "below");
  const [first, second = NONE] = isBackward ? [...digits].reverse() : digits;
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
    placed: answers.secondDigit === NONE ? { digit, place } : {
      digit,
      relation: isStacked ? "above" : "left of",
      other: answers.secondDigit,
    },
  });
}
