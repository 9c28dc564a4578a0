import { assert, assertEquals, assertThrows } from "@std/assert";
import { fold, keyFrom } from "../../../../pipelines/core/random/key.ts";
import {
  captionOf,
  everything,
  groundOf,
} from "../../../../pipelines/images/scenes/caption.ts";
import { heldOutOf } from "../../../../pipelines/images/scenes/held_out.ts";
import {
  knownWords,
  promptLength,
  promptTokens,
} from "../../../../pipelines/images/scenes/prompt_tokens.ts";
import { sampleScene } from "../../../../pipelines/images/scenes/sample_scene.ts";
import {
  colourNames,
  type Scene,
} from "../../../../pipelines/images/scenes/scene.ts";

const scene: Scene = {
  ink: "red",
  ground: "blue",
  thickness: "thick",
  placed: { digit: 3, relation: "left of", other: 7 },
};

Deno.test("captions follow their grammar", () => {
  assertEquals(
    captionOf(scene),
    "a thick red three left of a seven on a blue ground",
  );
  const placed = { digit: 8, place: "middle" } as const;
  const one: Scene = { ...scene, thickness: "thin", placed };
  assertEquals(
    captionOf(one),
    "a thin red eight in the middle on a blue ground",
  );
  const nothing = { thickness: false, ink: false, where: false, ground: false };
  assertEquals(captionOf(one, nothing), "an eight");
  assertEquals(
    captionOf(one, { ...everything, where: false }),
    "a thin red eight on a blue ground",
  );
  assertEquals(captionOf(scene, nothing), "a three and a seven");
  assertEquals(groundOf(scene), "a blue ground");
  const top: Scene = { ...one, placed: { digit: 8, place: "top" } };
  assertEquals(
    captionOf(top, { ...nothing, where: true }),
    "an eight at the top",
  );
});

Deno.test("every caption has known words and fits", () => {
  const told = new Set<number>();
  for (let i = 0; i < 500; i++) {
    const tokens = promptTokens(
      captionOf(sampleScene(fold(keyFrom(1), i), "all")),
    );
    assertEquals(tokens.length, promptLength);
    tokens.forEach((token) => told.add(token));
  }
  // all words but "an" before digits, "and", and those of the grammar that full captions do not need
  assert(told.size >= 2 + knownWords.length - 2, `${told.size}`);
});

Deno.test("promptTokens() gives equal words equal numbers, and fills with the end", () => {
  const tokens = promptTokens("A red, red THREE");
  assertEquals(tokens[0], 0);
  assertEquals(tokens[2], tokens[3]);
  assertEquals(tokens.slice(5).every((token) => token === 1), true);
  assertEquals(new Set(promptTokens("red three")).size, 4);
  assertEquals([...promptTokens("")], [0, ...Array(promptLength - 1).fill(1)]);
});

Deno.test("promptTokens() refuses unknown words, naming the nearest, and too many", () => {
  assertThrows(
    () => promptTokens("a thik red three"),
    RangeError,
    'but found "thik"; did you mean "thin"?',
  );
  assertThrows(
    () => promptTokens("a yelow three"),
    RangeError,
    'found "yelow"; did you mean "yellow"?',
  );
  assertThrows(
    () => promptTokens("an astronaut"),
    RangeError,
    'but found "astronaut"',
  );
  assertThrows(
    () => promptTokens(Array(15).fill("red").join(" ")),
    RangeError,
    "Expected a prompt of at most 14 words but found 15",
  );
  promptTokens(Array(14).fill("red").join(" "));
});

Deno.test("of every ink one digit and one ground are held out, and no training scene has them", () => {
  for (const ink of colourNames) {
    const digits = Array.from({ length: 10 }, (_, digit) => digit)
      .filter((digit) =>
        heldOutOf({ ...scene, ink, placed: { digit, place: "top" } })
          .includes("ink with digit")
      );
    const grounds = colourNames.filter((ground) =>
      heldOutOf({ ...scene, ink, ground }).includes("ink with ground")
    );
    assertEquals([digits.length, grounds.length], [1, 1]);
    assert(grounds[0] !== ink);
  }
  // the second of two digits counts as well
  const second: Scene = {
    ...scene,
    placed: { digit: 3, relation: "above", other: 1 },
  };
  assertEquals(heldOutOf(second), ["ink with digit"]);
  for (let i = 0; i < 300; i++) {
    const key = fold(keyFrom(2), i);
    assertEquals(heldOutOf(sampleScene(key, "seen")), []);
    assert(heldOutOf(sampleScene(key, "held-out")).length > 0);
    const { ink, ground } = sampleScene(key, "all");
    assert(ink !== ground);
  }
});
