/**
 * Scenes in words.
 * @module
 */
import { digitWords, type Scene } from "./scene.ts";

/** What a caption tells, beside the digits. */
export interface Told {
  /** Width of the strokes. */
  readonly thickness: boolean;
  /** Colour of the strokes. */
  readonly ink: boolean;
  /** Place, or relation. */
  readonly where: boolean;
  /** Colour behind. */
  readonly ground: boolean;
}

/** A caption that leaves nothing out. */
export const everything: Told = {
  thickness: true,
  ink: true,
  where: true,
  ground: true,
};

/**
 * Describes a scene, such as "a thick red three left of a seven on a blue ground" or "a thin five".
 *
 * @param scene The scene.
 * @param told What to say.
 * @returns The caption.
 *
 * @example Two digits
 * ```ts
 * import { captionOf } from "@lowerbound/lowerbound/images";
 * import { assertEquals } from "@std/assert";
 *
 * const scene = {
 *   ink: "red",
 *   ground: "blue",
 *   thickness: "thick",
 *   placed: { digit: 3, relation: "left of", other: 8 },
 * } as const;
 * assertEquals(captionOf(scene), "a thick red three left of an eight on a blue ground");
 * ```
 */
export function captionOf(scene: Scene, told: Told = everything): string {
  const { placed } = scene;
  const first = withArticle([
    ...told.thickness ? [scene.thickness] : [],
    ...told.ink ? [scene.ink] : [],
    digitWords[placed.digit]!, // a digit
  ]);
  return [
    first,
    ...whereOf(scene, told),
    ...told.ground ? ["on", groundOf(scene)] : [],
  ].join(" ");
}

/** Describes the ground alone, such as "a blue ground". */
export function groundOf({ ground }: Pick<Scene, "ground">): string {
  return withArticle([ground, "ground"]);
}

function whereOf({ placed }: Scene, { where }: Told): readonly string[] {
  if (!("place" in placed)) {
    const other = withArticle([digitWords[placed.other]!]); // a digit
    return where ? [placed.relation, other] : ["and", other];
  }
  if (!where) return [];
  return [placed.place === "middle" ? "in" : "at", "the", placed.place];
}

function withArticle(words: readonly string[]): string {
  const article = words[0] === "eight" ? "an" : "a";
  return [article, ...words].join(" ");
}
