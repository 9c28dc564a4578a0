/**
 * What a scene shows: one digit or two, drawn with one pen on a coloured ground.
 * @module
 */

/** Colours of ink and ground, in red, green and blue from 0 to 255. */
export const colours = {
  red: [215, 40, 40],
  yellow: [240, 215, 45],
  green: [40, 160, 65],
  blue: [40, 75, 215],
  black: [20, 20, 20],
  white: [240, 240, 240],
} as const;

/** The name of a colour. */
export type Colour = keyof typeof colours;

/** All colours, in the order of the table. */
export const colourNames = Object.keys(colours) as readonly Colour[]; // the table's own

/** Digits as words. */
export const digitWords: readonly string[] =
  "zero one two three four five six seven eight nine".split(" ");

/** Width of the strokes. */
export const thicknesses = ["thin", "thick"] as const;

/** Width of the strokes, by name. */
export type Thickness = typeof thicknesses[number];

/** Where a digit is that is alone. */
export const places = ["top", "bottom", "left", "right", "middle"] as const;

/** Where a digit is that is alone, by name. */
export type Place = typeof places[number];

/** Where a digit is from another. */
export const relations = ["left of", "right of", "above", "below"] as const;

/** Where a digit is from another, by name. */
export type Relation = typeof relations[number];

/** One digit at a place, or two of which the first is left of, right of, above or below the other. */
export type Placed =
  | { readonly digit: number; readonly place: Place }
  | {
    readonly digit: number;
    readonly relation: Relation;
    readonly other: number;
  };

/** What a scene shows. */
export interface Scene {
  /** Colour of all strokes. */
  readonly ink: Colour;
  /** Colour behind them, another one. */
  readonly ground: Colour;
  /** Width of all strokes. */
  readonly thickness: Thickness;
  /** One digit or two. */
  readonly placed: Placed;
}

/** The digits in the order in which they are named. */
export function digitsOf({ placed }: Pick<Scene, "placed">): readonly number[] {
  return "place" in placed ? [placed.digit] : [placed.digit, placed.other];
}
