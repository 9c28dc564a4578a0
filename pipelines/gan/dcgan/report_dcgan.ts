/**
 * The stage that names the numbers of convolutional players and perceptrons, and says what they show.
 * @module
 */
import type { Summary } from "../../core/run/summary.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { leaveReport } from "../../words/leave_report.ts";
import { plusMinus } from "../../words/plus_minus.ts";
import { qualityNumbers } from "../summarize_gan.ts";
import type { GanCase } from "./gan_case.ts";

/** Names the numbers of each game, and leaves a text about them in `report.txt`. */
export const reportDcgan: Stage<
  { readonly games: readonly GanCase[]; readonly pace: number },
  { readonly summary: Summary }
> = stage("summarize", {
  needs: ["games", "pace"],
  adds: { summary: "the run's numbers by name" },
}, async ({ games, pace }, context) => {
  await leaveReport(
    [paceSentence(pace), ...games.map(caseSentence), winnerSentence(games)],
    context,
  );
  return {
    summary: {
      pace,
      ...Object.assign({}, ...games.map(caseNumbers)),
    },
  };
});

/** Says how long both architectures take. */
export function paceSentence(pace: number): string {
  return `A turn with convolutions takes ${
    pace.toFixed(1)
  } times as long as one of perceptrons.`;
}

/** Says what one game reached. */
export function caseSentence(one: GanCase): string {
  const { frechetDistance, precision, recall, classes, confidence } =
    one.quality;
  const percent = (part: number) => `${(100 * part).toFixed(0)} %`;
  return `${one.title}, ${
    one.parameters.toLocaleString("en")
  } parameters, ${one.epochs} epochs: Fréchet distance ${
    plusMinus(frechetDistance)
  }, precision ${percent(precision)}, recall ${
    percent(recall)
  }, ${classes} classes, confidence ${confidence.toFixed(3)}.`;
}

/** Says which architecture is nearer to the data after equal time, and by how much; it is one seed. */
export function winnerSentence(games: readonly GanCase[]): string {
  const conv = games.find(({ architecture }) => architecture === "conv");
  const mlp = games.findLast(({ architecture }) => architecture === "mlp");
  if (conv === undefined || mlp === undefined) return "";
  const [a, b] = [conv, mlp].map(({ quality }) => quality.frechetDistance);
  const ratio = b!.mean / a!.mean; // of two
  const nearer = ratio > 1 ? "convolutions are" : "perceptrons are";
  return `After equal time ${nearer} nearer to the test images, by a factor of ${
    Math.max(ratio, 1 / ratio).toFixed(2)
  } in the Fréchet distance, in one training of each.`;
}

function caseNumbers(one: GanCase): Summary {
  const path = one.title.replaceAll(" ", "-");
  const numbers = Object.entries(qualityNumbers(one.quality))
    .filter(([name]) => name.startsWith("samples/"))
    .map(([name, value]) => [name.replace("samples/", `${path}/`), value]);
  return {
    [`${path}/parameters`]: one.parameters,
    [`${path}/epochs`]: one.epochs,
    ...Object.fromEntries(numbers),
  };
}
