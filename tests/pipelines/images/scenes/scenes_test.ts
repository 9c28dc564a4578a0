import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "@std/assert";
import { keyFrom } from "../../../../pipelines/core/random/key.ts";
import {
  accuracyOf,
  rightOf,
} from "../../../../pipelines/images/scenes/accuracy.ts";
import { captionOf } from "../../../../pipelines/images/scenes/caption.ts";
import {
  drawScene,
  sceneLength,
} from "../../../../pipelines/images/scenes/draw_scene.ts";
import { sceneSet } from "../../../../pipelines/images/scenes/make_scenes.ts";
import {
  redraw,
  strokeWidth,
} from "../../../../pipelines/images/scenes/pen.ts";
import {
  answersOf,
  readingOf,
} from "../../../../pipelines/images/scenes/questions.ts";
import {
  colours,
  digitsOf,
  type Place,
  type Scene,
} from "../../../../pipelines/images/scenes/scene.ts";
import {
  overlapOf,
  shiftOf,
  strokesOf,
} from "../../../../pipelines/images/scenes/strokes.ts";

const scene: Scene = {
  ink: "red",
  ground: "blue",
  thickness: "thick",
  placed: { digit: 3, relation: "left of", other: 7 },
};

/** A digit of 28 x 28 with one upright stroke. */
function stroke(width: number): Uint8Array<ArrayBuffer> {
  const from = 14 - Math.floor(width / 2);
  return Uint8Array.from({ length: 784 }, (_, i) => {
    const [x, y] = [i % 28, Math.floor(i / 28)];
    return x >= from && x < from + width && y >= 4 && y < 24 ? 255 : 0;
  });
}

/** Ten digits, each with a stroke. */
const digits = {
  pixels: Uint8Array.from(
    Array.from({ length: 10 }, () => [...stroke(3)]).flat(),
  ),
  labels: Uint8Array.from({ length: 10 }, (_, i) => i),
  count: 10,
  rows: 28,
  columns: 28,
};

Deno.test("strokes of a known width are measured, thinned and thickened", () => {
  const ink = (digit: Uint8Array) => Float32Array.from(digit, (b) => b / 255);
  // twice 3 x 20 pixels over edges of 2 x 3 + 2 x 20, whose corners count once as sqrt(2)
  assertAlmostEquals(strokeWidth(ink(stroke(3))), 120 / 46, 0.04);
  assertEquals(strokeWidth(new Float32Array(784)), 0);
  for (const width of [2, 3, 4, 5]) {
    assert(strokeWidth(redraw(stroke(width), "thin")) <= 2.3, `${width}`);
    assert(strokeWidth(redraw(stroke(width), "thick")) >= 4.3, `${width}`);
  }
});

Deno.test("a scene has its colours, and its digits where it says", () => {
  const centre = (own: Partial<Scene>, key = keyFrom(3)) => {
    const pixels = drawScene({ ...scene, ...own }, [stroke(3), stroke(3)], key);
    return strokesOf(pixels).centre;
  };
  const at = (place: Place) => centre({ placed: { digit: 3, place } });
  for (
    const [place, x, y] of [
      ["top", 15.5, 7.5],
      ["bottom", 15.5, 23.5],
      ["left", 7.5, 15.5],
      ["right", 23.5, 15.5],
      ["middle", 15.5, 15.5],
    ] as const
  ) {
    const [foundX, foundY] = at(place);
    assertAlmostEquals(foundX, x, 4, place);
    assertAlmostEquals(foundY, y, 4, place);
  }
  const pixels = drawScene(scene, [stroke(3), stroke(3)], keyFrom(3));
  assertEquals(pixels.length, sceneLength);
  const { mask } = strokesOf(pixels);
  const colourAt = (wanted: number) => {
    const i = mask.indexOf(wanted);
    return [...pixels.subarray(3 * i, 3 * i + 3)];
  };
  colourAt(0).forEach((value, c) =>
    assertAlmostEquals(value, colours.blue[c]!, 13)
  );
  const reddest = Array.from({ length: 1024 }, (_, i) => pixels[3 * i]!);
  assertAlmostEquals(Math.max(...reddest), colours.red[0], 13);
});

Deno.test("the digit that is named first is on the side that its relation says", () => {
  const empty = new Uint8Array(784);
  for (
    const [relation, isLeftOrUpper, axis] of [
      ["left of", true, 0],
      ["right of", false, 0],
      ["above", true, 1],
      ["below", false, 1],
    ] as const
  ) {
    const two: Scene = { ...scene, placed: { digit: 3, relation, other: 7 } };
    const { centre } = strokesOf(
      drawScene(two, [stroke(3), empty], keyFrom(4)),
    );
    assertEquals(centre[axis] < 15.5, isLeftOrUpper, relation);
  }
});

Deno.test("scenes depend on key and index alone, and thick ones have more ink", () => {
  const few = sceneSet(digits, 5, "seen", keyFrom(5));
  const many = sceneSet(digits, 40, "seen", keyFrom(5));
  assertEquals(many.scenes.slice(0, 5), few.scenes);
  assertEquals(many.captions.slice(0, 5), few.captions);
  assertEquals(
    many.images.pixels.slice(0, 5 * sceneLength),
    few.images.pixels,
  );
  const area = (thickness: Scene["thickness"]) => {
    const own: Scene = { ...scene, thickness };
    const pixels = drawScene(own, [stroke(3), stroke(3)], keyFrom(6));
    return strokesOf(pixels).mask.reduce((sum, value) => sum + value, 0);
  };
  assert(area("thick") > 1.5 * area("thin"));
});

Deno.test("sceneSet() refuses digits that are missing or of another size", () => {
  const labels = digits.labels.map((label) => label === 4 ? 5 : label);
  assertThrows(
    () => sceneSet({ ...digits, labels }, 1, "all", keyFrom(0)),
    RangeError,
    "Expected images of all ten digits but found none of 4",
  );
  assertThrows(
    () => sceneSet({ ...digits, rows: 14, columns: 56 }, 1, "all", keyFrom(0)),
    RangeError,
    "Expected digits of 28 x 28 pixels but found 14 x 56",
  );
});

Deno.test("three left of seven and seven right of three have the same answers", () => {
  const other: Scene = {
    ...scene,
    placed: { digit: 7, relation: "right of", other: 3 },
  };
  assertEquals(answersOf(other), answersOf(scene));
  const stacked: Scene = {
    ...scene,
    placed: { digit: 7, relation: "below", other: 3 },
  };
  assertEquals(answersOf(stacked).firstDigit, 3);
  assert(answersOf(stacked).place !== answersOf(scene).place);
  assertEquals(digitsOf(stacked), [7, 3]);
  assertEquals(readingOf(answersOf(other)), captionOf(scene));
  const alone: Scene = { ...scene, placed: { digit: 3, place: "right" } };
  assertEquals(readingOf(answersOf(alone)), captionOf(alone));
});

Deno.test("accuracy counts each attribute, and everything only where all are right", () => {
  const right = answersOf(scene);
  const swapped = { ...right, firstDigit: 7, secondDigit: 3 };
  assertEquals(rightOf(swapped, scene), {
    ...{ ink: true, ground: true, thickness: true, place: true },
    ...{ digits: false, everything: false },
  });
  const found = accuracyOf([right, swapped, { ...right, ink: 3 }, right], [
    ...[scene, scene, scene, scene],
  ]);
  assertEquals(found.digits.mean, 0.75);
  assertEquals(found.ink.mean, 0.75);
  assertEquals(found.ground.mean, 1);
  assertEquals(found.everything.mean, 0.5);
  // sqrt(p (1 - p) / (n - 1))
  assertAlmostEquals(found.ink.standardError, Math.sqrt(0.1875 / 3), 1e-12);
  assertThrows(
    () => accuracyOf([right], []),
    RangeError,
    "Expected answers for 0 scenes but found 1",
  );
});

Deno.test("overlap and shift of strokes agree with cases by hand", () => {
  const square = (from: number) => {
    const pixels = new Uint8Array(sceneLength);
    for (let y = 0; y < 4; y++) {
      for (let x = from; x < from + 4; x++) {
        pixels.fill(200, 3 * (32 * y + x), 3 * (32 * y + x) + 3);
      }
    }
    return strokesOf(pixels);
  };
  assertEquals(overlapOf(square(0), square(0)), 1);
  assertEquals(overlapOf(square(0), square(2)), 8 / 24);
  assertEquals(overlapOf(square(0), square(4)), 0);
  assertEquals(shiftOf(square(0), square(2)), 2);
  assertEquals(square(0).centre, [1.5, 1.5]);
  const empty = strokesOf(new Uint8Array(sceneLength));
  assertEquals(empty.centre, [15.5, 15.5]);
  assertEquals(overlapOf(empty, empty), 1);
});
