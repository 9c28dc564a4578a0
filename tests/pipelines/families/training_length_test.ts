import { assertEquals, assertThrows } from "@std/assert";
import {
  parseLengths,
  scaledLength,
  trainingSeconds,
} from "../../../pipelines/families/training_length.ts";

const whole = { name: "epochs", isWhole: true };

Deno.test("scaledLength() is proportional to the time wanted", () => {
  assertEquals(scaledLength(whole, 20, 240, 360), 30);
  assertEquals(scaledLength(whole, 20, 3600, 6), 1);
  const part = { ...whole, isWhole: false };
  assertEquals(scaledLength(part, 1, 900, 360), 0.4);
  assertEquals(scaledLength(part, 1, 7, 3), 0.43);
  assertEquals(scaledLength(part, 1, 1e9, 1), 0.01);
});

Deno.test("parseLengths() reads values by family", () => {
  const names = ["vae", "convolutional-vae"];
  assertEquals(
    [...parseLengths(["vae=40", "convolutional-vae=0.5"], names)],
    [["vae", 40], ["convolutional-vae", 0.5]],
  );
  const faults: Readonly<Record<string, string>> = {
    "vae": "Expected a length as NAME=VALUE",
    "vae=": "Expected a length as NAME=VALUE",
    "vae= ": "Expected a length as NAME=VALUE",
    "vae=0": "Expected a length as NAME=VALUE",
    "vae=1e999": "Expected a length as NAME=VALUE",
    "gan=3": "Expected one of vae, convolutional-vae",
  };
  for (const [text, rule] of Object.entries(faults)) {
    assertThrows(() => parseLengths([text], names), RangeError, rule);
  }
});

Deno.test("trainingSeconds() adds up the stages called train, and what is in them", () => {
  const fact = {
    "load": 1,
    "train": 20.5,
    "case > train > epoch": 2,
    "draw": 4,
  };
  assertEquals(trainingSeconds(fact), 22.5);
  assertEquals(trainingSeconds({ load: 1 }), undefined);
  assertEquals(trainingSeconds(undefined), undefined);
});
