/**
 * What the page of attention shows.
 * @module
 */

/** Where all layers and heads of one kind of attention look while they read one text. */
export interface AttentionMap {
  /** Which attention it is, such as "The source at itself"; texts of a page have the same ones. */
  readonly name: string;
  /** What a row is: the one that looks. */
  readonly rowTitle: string;
  /** What a column is: that which is looked at. */
  readonly columnTitle: string;
  /** Words or characters, from top to bottom. */
  readonly rows: readonly string[];
  /** Words or characters, from left to right. */
  readonly columns: readonly string[];
  /** How many layers. */
  readonly layers: number;
  /** How many heads in each. */
  readonly heads: number;
  /** 255 times each weight, rounded, [layer, head, row, column]. */
  readonly weights: Uint8Array;
}

/** One text with its maps. */
export interface AttendedText {
  /** What the choice of texts says. */
  readonly name: string;
  /** What else is told of it, such as its translation: name and text. */
  readonly told: readonly (readonly [string, string])[];
  /** The maps, at least one. */
  readonly maps: readonly AttentionMap[];
}

/** Everything that the page shows. */
export interface Attended {
  /** What is explored. */
  readonly title: string;
  /** A line below the title. */
  readonly about: string;
  /** The texts, at least one. */
  readonly texts: readonly AttendedText[];
}
