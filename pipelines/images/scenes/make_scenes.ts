/**
 * The stage that makes captioned scenes from digits.
 * @module
 */
import { fold, type Key, split } from "../../core/random/key.ts";
import { uniform } from "../../core/random/uniform.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { count } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";
import { digitClasses, imageClasses } from "../image_classes.ts";
import type { GreyImages, ImageSplit } from "../images.ts";
import { captionOf, groundOf, type Told } from "./caption.ts";
import { drawScene, sceneLength, sceneSide } from "./draw_scene.ts";
import { sampleScene, type SceneKind } from "./sample_scene.ts";
import { digitsOf, type Scene } from "./scene.ts";

/** How many scenes to make. */
export interface SceneCounts {
  /** To learn to draw from, of combinations that are not held out. */
  readonly scenes: number;
  /** To learn to read from, of all combinations. */
  readonly readerScenes: number;
  /** To choose weights by, and as many to measure on. */
  readonly heldScenes: number;
}

/** Flags of the scenes. */
export const sceneCounts: Flags<SceneCounts> = {
  scenes: count(30_000, "scenes to learn to draw from", { smoke: 300 }),
  readerScenes: count(12_000, "scenes to learn to read from", { smoke: 300 }),
  heldScenes: count(
    1_000,
    "scenes to choose weights by, and as many to measure on",
    { smoke: 100 },
  ),
};

/** Pictures with what they show. */
export interface SceneSet {
  /** Rows of 32 pixels with 3 colours each; labels are the digits named first. */
  readonly images: ImageSplit;
  /** What each shows. */
  readonly scenes: readonly Scene[];
  /** What is told of each. */
  readonly captions: readonly string[];
}

/** All scenes of a run. */
export interface SceneSets {
  /** Scenes of combinations that are not held out, from training digits. */
  readonly train: SceneSet;
  /** Scenes of these combinations, from validation digits. */
  readonly validation: SceneSet;
  /** Scenes of all combinations, from training digits: for the network that reads scenes. */
  readonly reading: SceneSet;
  /** Scenes of all combinations, from test digits. */
  readonly test: SceneSet;
}

/** Parts of the captions that leave something out. */
const LEFT_OUT = 0.15;
const GROUND_ALONE = 0.08;

/** Makes the scenes. */
export const makeScenes: Stage<
  Partial<SceneCounts> & { readonly grey: GreyImages },
  { readonly sceneSets: SceneSets }
> = stage("scenes", {
  needs: ["grey"],
  settings: sceneCounts,
  adds: { sceneSets: "captioned scenes" },
}, ({ grey, scenes, readerScenes, heldScenes }, { key, progress }) => {
  if (imageClasses(grey).title !== digitClasses.title) {
    progress.warn("Captions name the ten classes of these images 0 to 9");
  }
  const [train, validation, reading, test] = split(key, 4);
  return {
    sceneSets: {
      train: sceneSet(grey.train, scenes, "seen", train),
      validation: sceneSet(grey.validation, heldScenes, "seen", validation),
      reading: sceneSet(grey.train, readerScenes, "all", reading),
      test: sceneSet(grey.test, heldScenes, "all", test),
    },
  };
});

/**
 * Makes scenes, each from a key of its own.
 *
 * @param digits To draw them with.
 * @param count How many.
 * @param kind Of which combinations.
 * @param key Decides them.
 * @returns The scenes.
 * @throws {RangeError} If a digit is missing among the images, or these are not 28 x 28.
 */
export function sceneSet(
  digits: ImageSplit,
  count: number,
  kind: SceneKind,
  key: Key,
): SceneSet {
  const byDigit = groupByDigit(digits);
  const size = digits.rows * digits.columns;
  const pixels = new Uint8Array(count * sceneLength);
  const labels = new Uint8Array(count);
  const scenes: Scene[] = [];
  const captions: string[] = [];
  for (let i = 0; i < count; i++) {
    const [sceneKey, digitKey, drawKey, captionKey] = split(fold(key, i), 4);
    const scene = sampleScene(sceneKey, kind);
    const chosen = uniform(digitKey, 2);
    const images = digitsOf(scene).map((digit, j) => {
      const group = byDigit[digit]!; // all ten
      const at = group[Math.floor(chosen[j]! * group.length)]!; // below 1
      return digits.pixels.subarray(at * size, (at + 1) * size);
    });
    pixels.set(drawScene(scene, images, drawKey), i * sceneLength);
    labels[i] = scene.placed.digit;
    scenes.push(scene);
    captions.push(trainingCaption(scene, captionKey));
  }
  const columns = sceneLength / sceneSide;
  return {
    images: { pixels, labels, count, rows: sceneSide, columns },
    scenes,
    captions,
  };
}

/** A caption that may leave something out, or be of the ground alone. */
function trainingCaption(scene: Scene, key: Key): string {
  const [alone, ...rest] = uniform(key, 5);
  if (alone! < GROUND_ALONE) return groundOf(scene); // five were drawn
  const [thickness, ink, where, ground] = rest.map((u) => u >= LEFT_OUT);
  return captionOf(scene, { thickness, ink, where, ground } as Told); // as above
}

function groupByDigit(
  { labels, rows, columns }: ImageSplit,
): readonly (readonly number[])[] {
  if (rows !== 28 || columns !== 28) {
    throw new RangeError(
      `Expected digits of 28 x 28 pixels but found ${rows} x ${columns}`,
    );
  }
  const groups = Array.from({ length: 10 }, (): number[] => []);
  labels.forEach((label, i) => groups[label]?.push(i));
  const missing = groups.findIndex((group) => group.length === 0);
  if (missing >= 0) {
    throw new RangeError(
      `Expected images of all ten digits but found none of ${missing}`,
    );
  }
  return groups;
}
