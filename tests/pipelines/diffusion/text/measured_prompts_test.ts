import { assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { compareTextSamplers } from "../../../../pipelines/diffusion/text/compare_text_samplers.ts";
import { measureNegative } from "../../../../pipelines/diffusion/text/measure_negative.ts";
import {
  isMeasured,
  measurePrompts,
} from "../../../../pipelines/diffusion/text/measure_prompts.ts";
import { sceneLength } from "../../../../pipelines/images/scenes/draw_scene.ts";
import { heldOutOf } from "../../../../pipelines/images/scenes/held_out.ts";
import { digitsOf } from "../../../../pipelines/images/scenes/scene.ts";
import { blank, sceneOf, toyStudio } from "./toy_studio.ts";

/** A part of a whole without the last digits, in which sums of parts differ. */
const rounded = (part: number) => Number(part.toFixed(12));

const asked = {
  ...{ measure: "always", origin: "trained" } as const,
  ...{ sampler: "ddim", steps: 7, guidance: 2.5 } as const,
};

Deno.test("a run measures always or never as it is told, and else where it has trained", () => {
  const cases = [
    ["always", "trained", true],
    ["always", "read", true],
    ["auto", "trained", true],
    ["auto", "read", false],
    ["never", "trained", false],
  ] as const;
  for (const [measure, origin, wanted] of cases) {
    const request = { measure, origin } as Parameters<typeof isMeasured>[0];
    assertEquals(isMeasured(request), wanted, `${measure} ${origin}`);
  }
});

Deno.test("measurePrompts() asks for seen and held-out scenes, and counts what is right in each kind", async () => {
  const studio = toyStudio(
    blank,
    (answers, i) => i % 4 === 0 ? { ...answers, place: 99 } : answers,
  );
  const { promptCases } = await execute(
    measurePrompts,
    { ...asked, studio, prompts: 40 },
    { seed: 0 },
  );
  assertEquals(studio.requests.length, 2);
  const [seen, held] = studio.requests.map(({ prompts }) =>
    prompts.map(sceneOf)
  );
  for (const { sampler, steps, guidance } of studio.requests) {
    assertEquals({ sampler, steps, guidance }, {
      ...{ sampler: "ddim", steps: 7, guidance: 2.5 },
    });
  }
  assertNotEquals(studio.requests[0]!.key, studio.requests[1]!.key);
  assertEquals(seen!.map(heldOutOf).flat(), []);
  assertEquals(held!.every((scene) => heldOutOf(scene).length > 0), true);
  assertEquals(new Set(studio.requests[0]!.prompts).size > 30, true);
  const at = (kind: "ink with digit" | "ink with ground") =>
    held!.flatMap((scene, i) => heldOutOf(scene).includes(kind) ? [i] : []);
  const rightOf = (places: readonly number[]) =>
    rounded(places.filter((i) => i % 4 !== 0).length / places.length);
  const having = (digits: number) =>
    seen!.flatMap((scene, i) => digitsOf(scene).length === digits ? [i] : []);
  const [one, two] = [having(1), having(2)];
  const [digit, ground] = [at("ink with digit"), at("ink with ground")];
  assertEquals(
    promptCases.map(({ kind, count, accuracy }) => [
      ...[kind, count, rounded(accuracy.place.mean)],
      accuracy.ink.mean,
    ]),
    [
      ["seen", 40, 0.75, 1],
      ["one digit", one.length, rightOf(one), 1],
      ["two digits", two.length, rightOf(two), 1],
      ["held-out", 40, 0.75, 1],
      ["ink with digit", digit.length, rightOf(digit), 1],
      ["ink with ground", ground.length, rightOf(ground), 1],
    ],
  );
  const never = { ...asked, measure: "never" } as const;
  const none = await execute(
    measurePrompts,
    { ...never, studio, prompts: 40 },
    { seed: 0 },
  );
  assertEquals(none.promptCases, []);
  assertEquals(studio.requests.length, 2);
});

Deno.test("compareTextSamplers() measures each sampler from the end of the flow, on the same 25 prompts and noise", async () => {
  const studio = toyStudio((request) => {
    const { latents, pixels } = blank(request);
    return { latents: latents.fill(1 / request.steps), pixels };
  }, (answers, i) => i < 5 ? { ...answers, ink: 99 } : answers);
  const { textSamplerCases } = await execute(compareTextSamplers, {
    ...{ ...asked, studio, samplers: ["ddim", "dpm2"], stepCounts: [4, 10] },
  }, { seed: 0 });
  assertEquals(studio.requests.map(({ sampler, steps }) => [sampler, steps]), [
    ...[["heun", 50], ["ddim", 4], ["ddim", 10], ["dpm2", 4], ["dpm2", 10]],
  ]);
  const [first] = studio.requests;
  for (const { prompts, key, guidance } of studio.requests) {
    assertEquals([prompts.length, guidance], [25, 2.5]);
    assertEquals([prompts, key], [first!.prompts, first!.key]);
  }
  const scenes = first!.prompts.map(sceneOf);
  assertEquals(scenes.flatMap(heldOutOf), []);
  assertEquals(new Set(first!.prompts).size > 20, true);
  for (const one of textSamplerCases) {
    assertAlmostEquals(one.distance, 1 / one.steps - 0.02, 1e-6);
    assertEquals(one.everything.mean, 0.8);
    assertEquals(one.picture, new Uint8Array(sceneLength));
  }
  assertEquals(
    textSamplerCases.map(({ sampler, steps }) => `${sampler} ${steps}`),
    ["ddim 4", "ddim 10", "dpm2 4", "dpm2 10"],
  );
  const none = await execute(compareTextSamplers, {
    ...{ ...asked, studio, samplers: ["ddim"], stepCounts: [4] },
    measure: "never",
  }, { seed: 0 });
  assertEquals(none.textSamplerCases, []);
});

Deno.test("measureNegative() draws the same starts twice, and compares readings and strokes", async () => {
  /** Picture i has a square of 4 x 4 pixels at column i, with a negative prompt two columns further. */
  const answers = {
    ...{ ink: 0, ground: 3, thickness: 1, place: 4 },
    ...{ firstDigit: 3, secondDigit: 10 },
  };
  const studio = {
    ...toyStudio(blank),
    requests: [] as object[],
    draw: (request: { prompts: readonly string[]; negative?: string }) => {
      studio.requests.push(request);
      const { latents } = blank(request);
      const pixels = new Uint8Array(request.prompts.length * sceneLength);
      request.prompts.forEach((_, i) => {
        const left = i + (request.negative === undefined ? 0 : 2);
        for (let y = 10; y < 14; y++) {
          for (let x = left; x < left + 4; x++) {
            const at = i * sceneLength + 3 * (32 * y + x);
            pixels.fill(200, at, at + 3);
          }
        }
      });
      return Promise.resolve({ latents, pixels });
    },
    read: () =>
      Promise.resolve(
        Array.from({ length: 13 }, () => ({
          ...answers,
          ground: studio.requests.length,
        })),
      ),
  };
  const ways = {
    ...{ negativePart: 0.75, negativeGuidances: [], negativeParts: [1] },
  };
  const { negativeEffect, negativeWays } = await execute(
    measureNegative,
    { ...asked, studio, negativeSeeds: 13, ...ways },
    { seed: 0 },
  );
  const found = negativeEffect!;
  const [without, avoided] = studio.requests as {
    key: unknown;
    negative: unknown;
    negativePart: unknown;
  }[];
  const { negative, negativePart, ...rest } = avoided!;
  assertEquals(rest, without);
  assertEquals([negative, negativePart], ["a blue ground", 0.75]);
  assertEquals(without as object, {
    prompts: Array(13).fill("a thick red three"),
    ...{ sampler: "ddim", steps: 7, guidance: 2.5, key: without!.key },
  });
  assertEquals(negativeWays, []);
  assertEquals(found.count, 13);
  assertEquals(found.asAsked.without.mean, 1);
  assertAlmostEquals(found.overlap.mean, 8 / 24, 1e-12);
  // the next start is a column further, and the first one after the last
  assertAlmostEquals(found.otherOverlap.mean, 12 * (12 / 20) / 13, 1e-12);
  assertAlmostEquals(found.shift.mean, 2, 1e-12);
  assertAlmostEquals(found.otherShift.mean, (12 + 12) / 13, 1e-12);
  assertEquals(found.pictures.map(({ length }) => length / sceneLength), [
    12,
    12,
  ]);
  assertEquals(found.pictures[0].indexOf(200), 3 * 320);
  assertEquals(found.pictures[1].indexOf(200), 3 * 322);
  const none = await execute(measureNegative, {
    ...{ ...asked, studio, negativeSeeds: 13, ...ways, measure: "never" },
  }, { seed: 0 });
  assertEquals(none.negativeEffect, undefined);
});
