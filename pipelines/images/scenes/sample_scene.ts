/**
 * Scenes by key.
 * @module
 */
import { fold, type Key } from "../../core/random/key.ts";
import { uniform } from "../../core/random/uniform.ts";
import { heldOutOf } from "./held_out.ts";
import {
  colourNames,
  type Placed,
  places,
  relations,
  type Scene,
  thicknesses,
} from "./scene.ts";

/** Which scenes are drawn: those that may be learned from, those that may not, or all alike. */
export type SceneKind = "seen" | "held-out" | "all";

/**
 * Draws a scene: half have one digit, and ink, ground, thickness, digits and places are as frequent as their kind, but
 * for those left out.
 *
 * @param key Decides it.
 * @param kind Which scenes to draw from.
 * @returns The scene.
 */
export function sampleScene(key: Key, kind: SceneKind): Scene {
  for (let attempt = 0;; attempt++) {
    const scene = anyScene(fold(key, attempt));
    if (kind === "all") return scene;
    const isHeldOut = heldOutOf(scene).length > 0;
    if (isHeldOut === (kind === "held-out")) return scene;
  }
}

function anyScene(key: Key): Scene {
  const [ink, ground, thickness, count, digit, other, where] = uniform(key, 7);
  const first = pick(colourNames, ink!); // seven were drawn
  return {
    ink: first,
    ground: pick(colourNames.filter((name) => name !== first), ground!),
    thickness: pick(thicknesses, thickness!),
    placed: placed(count!, Math.floor(10 * digit!), other!, where!),
  };
}

function placed(
  count: number,
  digit: number,
  other: number,
  where: number,
): Placed {
  return count < 0.5 ? { digit, place: pick(places, where) } : {
    digit,
    relation: pick(relations, where),
    other: Math.floor(10 * other),
  };
}

/** The item at a place from 0 to 1. */
function pick<T>(items: readonly T[], at: number): T {
  return items[Math.floor(at * items.length)]!; // at is below 1
}
