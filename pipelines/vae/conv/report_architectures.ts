/**
 * The stage that puts the numbers of several architectures side by side.
 * @module
 */
import type { Summary } from "../../core/run/summary.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { ArchitectureCase, Pace } from "./image_model.ts";
import { leaveReport } from "../../words/leave_report.ts";
import { counted } from "../../words/counted.ts";

/** Names the numbers of each case, and leaves a text about them in `report.txt`. */
export const reportArchitectures: Stage<
  {
    readonly architectures: readonly ArchitectureCase[];
    readonly pace: Pace | undefined;
  },
  { readonly summary: Summary }
> = stage("summarize", {
  needs: ["architectures", "pace"],
  adds: { summary: "the run's numbers by name" },
}, async ({ architectures, pace }, context) => {
  const sentences = architectures.map(architectureSentence);
  const measured = pace === undefined ? [] : [paceSentence(pace)];
  await leaveReport([...measured, ...sentences], context);
  return {
    summary: Object.fromEntries(
      architectures.flatMap((one) => {
        const path = one.title.replaceAll(" ", "-");
        return [
          [`${path}/parameters`, one.parameters],
          [`${path}/epochs`, one.epochs],
          [`${path}/objective`, one.objective],
          [`${path}/reconstruction`, one.reconstruction],
          [`${path}/kl`, one.kl],
          [`${path}/elbo`, one.elbo],
          [`${path}/logLikelihood`, one.logLikelihood],
        ];
      }),
    ),
  };
});

/**
 * Tells how long the updates took that equal time is made of.
 *
 * @param pace The median times, in seconds.
 * @returns A sentence.
 */
export function paceSentence({ conv, mlp }: Pace): string {
  const milliseconds = (seconds: number) => (1000 * seconds).toFixed(1);
  return `A weight update took ${milliseconds(conv)} ms with convolutions and ${
    milliseconds(mlp)
  } ms without: ${(conv / mlp).toFixed(1)} times as long.`;
}

/**
 * Tells what was measured of an architecture, and what skips do to it.
 *
 * @param one The measurements.
 * @returns A few sentences.
 */
export function architectureSentence(one: ArchitectureCase): string {
  const nats = (value: number) => value.toFixed(2);
  const size = `${one.title}, ${
    one.parameters.toLocaleString("en")
  } parameters, ${counted(one.epochs, "epoch")}`;
  if (one.architecture !== "conv-with-skips") {
    return `${size}: ELBO ${nats(one.elbo)}, log p(x) ${
      nats(one.logLikelihood)
    } nats per image.`;
  }
  return `${size}: the decoder that also sees the encoder's features reaches ${
    nats(one.objective)
  } nats with a KL of ${
    nats(one.kl)
  }. That bounds no log p(x), as p(x|z, x) knows x: from latents alone, which is how images are drawn, ` +
    `the same decoder's ELBO is ${nats(one.elbo)} and its log p(x) ${
      nats(one.logLikelihood)
    }.`;
}
