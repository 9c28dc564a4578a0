/**
 * The stage that says what was measured of a text-to-image model.
 * @module
 */
import { countParameters } from "../../../models/parameters/parameters.ts";
import type { Summary } from "../../core/run/summary.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { type Accuracy, attributes } from "../../images/scenes/accuracy.ts";
import type { MeanAndError } from "../../statistics/mean_and_error.ts";
import { withError } from "../../statistics/with_error.ts";
import { leaveReport } from "../../words/leave_report.ts";
import { plusMinus } from "../../words/plus_minus.ts";
import type { TextSamplerCase } from "./compare_text_samplers.ts";
import type { PromptCase } from "./measure_prompts.ts";
import {
  type NegativeEffect,
  negativePair,
  type NegativeWay,
} from "./measure_negative.ts";
import type { Obtained } from "./obtain_text.ts";
import { textSpecs } from "./text_weights.ts";
import type { TextRequest } from "./text_request.ts";
import { counted } from "../../words/counted.ts";

/** Names the numbers, and tells them in sentences. */
export const summarizeText: Stage<
  & Pick<TextRequest, "prompt" | "guidance">
  & Pick<Obtained, "readerAccuracy" | "codedAccuracy">
  & {
    readonly readings: readonly string[];
    readonly promptCases: readonly PromptCase[];
    readonly negativeEffect: NegativeEffect | undefined;
    readonly negativeWays: readonly NegativeWay[];
    readonly textSamplerCases: readonly TextSamplerCase[];
  },
  { readonly summary: Summary }
> = stage("summarize", {
  needs: [
    ...["prompt", "guidance", "readerAccuracy", "codedAccuracy"] as const,
    ...["readings", "promptCases", "negativeEffect"] as const,
    ...["negativeWays", "textSamplerCases"] as const,
  ],
  adds: { summary: "the run's numbers by name" },
}, async (input, context) => {
  const { prompt, readings, promptCases, negativeEffect } = input;
  const kinds: readonly (readonly [string, Accuracy])[] = [
    ["test scenes", input.readerAccuracy],
    ["test scenes, encoded and decoded", input.codedAccuracy],
    ...promptCases.map(({ kind, count, accuracy }) =>
      [`${counted(count, "prompt")}, ${kind}`, accuracy] as const
    ),
  ];
  await leaveReport([
    `Asked for "${prompt}", read in the pictures: ${
      [...countsOf(readings)].map(([reading, count]) => `${reading} (${count})`)
        .join("; ")
    }.`,
    ...kinds.map(([name, accuracy]) =>
      `Read right in ${name}: ${
        attributes.map((attribute) =>
          `${attribute} ${percent(accuracy[attribute])}`
        ).join(", ")
      }.`
    ),
    ...negativeEffect ? tellNegative(negativeEffect) : [],
    ...input.negativeWays.map(tellWay),
    ...input.textSamplerCases.map(({ sampler, steps, everything, distance }) =>
      `${sampler}, ${steps} steps: everything right for ${
        percent(everything)
      } of the prompts, ${distance.toPrecision(3)} from the end of the flow.`
    ),
  ], context);
  return {
    summary: {
      parameters: countParameters(textSpecs()),
      ...numbersOf("test/reader", input.readerAccuracy),
      ...numbersOf("test/coded", input.codedAccuracy),
      ...Object.assign(
        {},
        ...promptCases.map(({ kind, accuracy }) =>
          numbersOf(`prompts/${kind.replaceAll(" ", "-")}`, accuracy)
        ),
      ),
      ...negativeEffect ? negativeNumbers(negativeEffect) : {},
      ...Object.assign({}, ...input.negativeWays.map(wayNumbers)),
      ...Object.fromEntries(
        input.textSamplerCases.flatMap((one) => {
          const path = `samplers/${one.sampler}/${one.steps}`;
          return [
            ...Object.entries(withError(`${path}/everything`, one.everything)),
            [`${path}/distance`, one.distance],
          ];
        }),
      ),
    },
  };
});

function tellNegative(effect: NegativeEffect): readonly string[] {
  const { prompt, negative } = negativePair;
  const { kept } = effect;
  return [
    `"${prompt}" from ${
      counted(effect.count, "start")
    } without and with the negative prompt "${negative}": grounds ${
      effect.grounds.map(({ colour, ...part }) =>
        `${colour} ${percent(part.without)} and ${percent(part.negative)}`
      ).join(", ")
    }. The ground is another one in ${percent(effect.changedGround)} of all${
      effect.changedOther
        ? `, and in ${
          percent(effect.changedOther)
        } of those whose ground was not ${negativePair.avoided}`
        : ""
    }.`,
    `Kept as they were: digits ${percent(kept.digits)}, ink ${
      percent(kept.ink)
    }, thickness ${percent(kept.thickness)}, place ${
      percent(kept.place)
    }; read as asked ${percent(effect.asAsked.without)} without and ${
      percent(effect.asAsked.negative)
    } with it. Strokes overlap by ${
      plusMinus(effect.overlap)
    } with those without it, by ${
      plusMinus(effect.otherOverlap)
    } with those of another start; their centre moves by ${
      plusMinus(effect.shift)
    } pixels, and is ${
      plusMinus(effect.otherShift)
    } from that of another start.`,
  ];
}

function tellWay(way: NegativeWay): string {
  const avoided = avoidedOf(way);
  const others = way.changedOther
    ? `, other grounds changed in ${percent(way.changedOther)}`
    : "";
  return `At guidance ${way.guidance}, led away in the first ${
    Math.round(100 * way.part)
  } % of the steps: ground ${negativePair.avoided} ${
    percent(avoided.without)
  } and ${percent(avoided.negative)}${others}; digits kept in ${
    percent(way.kept.digits)
  }, read as asked ${percent(way.asAsked.without)} and ${
    percent(way.asAsked.negative)
  }; strokes overlap by ${plusMinus(way.overlap)}, by ${
    plusMinus(way.otherOverlap)
  } with another start.`;
}

function avoidedOf({ grounds }: Pick<NegativeEffect, "grounds">) {
  return grounds.find(({ colour }) => colour === negativePair.avoided)!; // one of all
}

function wayNumbers(way: NegativeWay): Summary {
  const avoided = avoidedOf(way);
  const path = `negative/guidance/${way.guidance}/part/${way.part}`;
  return {
    ...withError(`${path}/without/${avoided.colour}`, avoided.without),
    ...withError(`${path}/with/${avoided.colour}`, avoided.negative),
    ...way.changedOther && withError(`${path}/changedOther`, way.changedOther),
    ...withError(`${path}/kept/digits`, way.kept.digits),
    ...withError(`${path}/asAsked/with`, way.asAsked.negative),
    ...withError(`${path}/overlap`, way.overlap),
    ...withError(`${path}/otherOverlap`, way.otherOverlap),
  };
}

function negativeNumbers(effect: NegativeEffect): Summary {
  const named = (path: string, value: MeanAndError | undefined) =>
    value === undefined
      ? []
      : Object.entries(withError(`negative/${path}`, value));
  return Object.fromEntries([
    ["negative/starts", effect.count],
    ...effect.grounds.flatMap(({ colour, without, negative }) => [
      ...named(`without/${colour}`, without),
      ...named(`with/${colour}`, negative),
    ]),
    ...named("changedGround", effect.changedGround),
    ...named("changedOther", effect.changedOther),
    ...Object.entries(effect.kept)
      .flatMap(([name, value]) => named(`kept/${name}`, value)),
    ...named("asAsked/without", effect.asAsked.without),
    ...named("asAsked/with", effect.asAsked.negative),
    ...named("overlap", effect.overlap),
    ...named("otherOverlap", effect.otherOverlap),
    ...named("shift", effect.shift),
    ...named("otherShift", effect.otherShift),
  ]);
}

function numbersOf(path: string, accuracy: Accuracy): Summary {
  return Object.assign(
    {},
    ...attributes.map((attribute) =>
      withError(`${path}/${attribute}`, accuracy[attribute])
    ),
  );
}

/** A share with its error, which is not known where all of few prompts are alike. */
function percent({ mean, standardError }: MeanAndError): string {
  const error = standardError > 0
    ? ` ± ${(100 * standardError).toFixed(1)}`
    : "";
  return `${(100 * mean).toFixed(1)}${error} %`;
}

function countsOf(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
