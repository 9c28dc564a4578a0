/**
 * The stage that measures what a negative prompt changes, and what it leaves.
 * @module
 */
import { type Stage, stage } from "../../core/stage.ts";
import type { Answers } from "../../images/scenes/questions.ts";
import { sceneLength } from "../../images/scenes/draw_scene.ts";
import { type Colour, colourNames } from "../../images/scenes/scene.ts";
import { overlapOf, shiftOf, strokesOf } from "../../images/scenes/strokes.ts";
import {
  type MeanAndError,
  meanAndError,
} from "../../statistics/mean_and_error.ts";
import type { MeasuringRequest } from "./measuring_request.ts";
import { isMeasured } from "./measure_prompts.ts";
import type { Obtained } from "./obtain_text.ts";
import type { TextRequest } from "./text_request.ts";
import type { TextStudio } from "./text_studio.ts";

/** The pair: the prompt says nothing of the ground. */
export const negativePair = {
  prompt: "a thick red three",
  negative: "a blue ground",
  avoided: "blue",
} as const;

/** What the same starts give without and with the negative prompt; parts of all starts unless said. */
export interface NegativeEffect {
  /** How many starts. */
  readonly count: number;
  /** Part with each colour of the ground, without and with. */
  readonly grounds: readonly {
    readonly colour: Colour;
    readonly without: MeanAndError;
    readonly negative: MeanAndError;
  }[];
  /** Part whose ground is another one. */
  readonly changedGround: MeanAndError;
  /** Part whose ground is another one, of those whose ground was not the avoided one. */
  readonly changedOther: MeanAndError | undefined;
  /** Part that keeps each of these as it was. */
  readonly kept: Readonly<
    Record<"ink" | "thickness" | "place" | "digits", MeanAndError>
  >;
  /** Part read as the prompt says, a thick red three alone, without and with. */
  readonly asAsked: {
    readonly without: MeanAndError;
    readonly negative: MeanAndError;
  };
  /** Overlap of the strokes, pixels in both over pixels in either. */
  readonly overlap: MeanAndError;
  /** Overlap with the strokes of the next start, for comparison. */
  readonly otherOverlap: MeanAndError;
  /** Distance of the strokes' centres, in pixels of 32. */
  readonly shift: MeanAndError;
  /** Distance to the centre of the next start, for comparison. */
  readonly otherShift: MeanAndError;
  /** The first pictures without and with it, bytes. */
  readonly pictures: readonly [Uint8Array, Uint8Array];
}

/** Another way to lead away from the negative prompt, and what it changes. */
export interface NegativeWay extends Omit<NegativeEffect, "pictures"> {
  /** How strongly the prompt guides. */
  readonly guidance: number;
  /** Part of the steps, from the first, that lead away from the negative prompt. */
  readonly part: number;
}

/** Pairs that are shown. */
const SHOWN = 12;

/** Draws a pair of pictures from each start, and reads both. */
export const measureNegative: Stage<
  & Pick<
    MeasuringRequest,
    "measure" | "negativeSeeds" | "negativeGuidances" | "negativeParts"
  >
  & Pick<TextRequest, "sampler" | "steps" | "guidance" | "negativePart">
  & Pick<Obtained, "origin">
  & { readonly studio: TextStudio },
  {
    readonly negativeEffect: NegativeEffect | undefined;
    readonly negativeWays: readonly NegativeWay[];
  }
> = stage(
  "negative",
  {
    needs: [
      ...["measure", "negativeSeeds"] as const,
      ...["negativeGuidances", "negativeParts"] as const,
      ...["sampler", "steps", "guidance", "negativePart"] as const,
      ...["origin", "studio"] as const,
    ],
    adds: {
      negativeEffect: "what a negative prompt changes",
      negativeWays: "the same with other guidances and parts of the steps",
    },
  },
  async (
    { studio, negativeSeeds, sampler, steps, guidance, negativePart, ...input },
    context,
  ) => {
    if (!isMeasured(input)) {
      return { negativeEffect: undefined, negativeWays: [] };
    }
    const prompts = Array<string>(negativeSeeds).fill(negativePair.prompt);
    const draw = async (guidance: number, part?: number) =>
      (await studio.draw({
        ...{ prompts, sampler, steps, guidance, key: context.key },
        ...part === undefined
          ? {}
          : { negative: negativePair.negative, negativePart: part },
      })).pixels;
    const compare = async (
      without: Uint8Array<ArrayBuffer>,
      avoided: Uint8Array<ArrayBuffer>,
    ) => ({
      ...compareReadings(
        await studio.read(without),
        await studio.read(avoided),
      ),
      ...compareStrokes(without, avoided),
    });
    const without = await draw(guidance);
    const avoided = await draw(guidance, negativePart);
    const negativeWays: NegativeWay[] = [];
    for (const other of input.negativeGuidances) {
      const plain = other === guidance ? without : await draw(other);
      for (const part of input.negativeParts) {
        const effect = await compare(plain, await draw(other, part));
        negativeWays.push({ ...effect, guidance: other, part });
      }
    }
    return {
      negativeEffect: {
        ...await compare(without, avoided),
        pictures: [
          without.slice(0, SHOWN * sceneLength),
          avoided.slice(0, SHOWN * sceneLength),
        ],
      },
      negativeWays,
    };
  },
);

/** Compares what is read without and with a negative prompt. */
export function compareReadings(
  without: readonly Answers[],
  avoided: readonly Answers[],
): Pick<
  NegativeEffect,
  "count" | "grounds" | "changedGround" | "changedOther" | "kept" | "asAsked"
> {
  const pairs = without.map((before, i) => [before, avoided[i]!] as const); // as many
  const part = (holds: (pair: typeof pairs[number]) => boolean) =>
    meanAndError(pairs.map((pair) => Number(holds(pair))));
  const blue = colourNames.indexOf(negativePair.avoided);
  const others = pairs.filter(([before]) => before.ground !== blue);
  const isAsked = ({ ink, thickness, firstDigit, secondDigit }: Answers) =>
    ink === 0 && thickness === 1 && firstDigit === 3 && secondDigit === 10;
  return {
    count: pairs.length,
    grounds: colourNames.map((colour, i) => ({
      colour,
      without: part(([before]) => before.ground === i),
      negative: part(([, after]) => after.ground === i),
    })),
    changedGround: part(([before, after]) => before.ground !== after.ground),
    changedOther: others.length === 0 ? undefined : meanAndError(
      others.map(([before, after]) => Number(before.ground !== after.ground)),
    ),
    kept: {
      ink: part(([before, after]) => before.ink === after.ink),
      thickness: part(([before, after]) =>
        before.thickness === after.thickness
      ),
      place: part(([before, after]) => before.place === after.place),
      digits: part(([before, after]) =>
        before.firstDigit === after.firstDigit &&
        before.secondDigit === after.secondDigit
      ),
    },
    asAsked: {
      without: part(([before]) => isAsked(before)),
      negative: part(([, after]) => isAsked(after)),
    },
  };
}

/** Compares where the strokes are, with those of the same and of the next start. */
function compareStrokes(without: Uint8Array, avoided: Uint8Array) {
  const strokes = (pixels: Uint8Array) =>
    Array.from(
      { length: pixels.length / sceneLength },
      (_, i) =>
        strokesOf(pixels.subarray(i * sceneLength, (i + 1) * sceneLength)),
    );
  const before = strokes(without);
  const after = strokes(avoided);
  const next = (i: number) => before[(i + 1) % before.length]!;
  return {
    overlap: meanAndError(before.map((one, i) => overlapOf(one, after[i]!))), // as many
    otherOverlap: meanAndError(before.map((one, i) => overlapOf(one, next(i)))),
    shift: meanAndError(before.map((one, i) => shiftOf(one, after[i]!))),
    otherShift: meanAndError(before.map((one, i) => shiftOf(one, next(i)))),
  };
}
