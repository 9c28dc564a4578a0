/**
 * What a run found, in words.
 * @module
 */
import type { RunContext } from "../core/context.ts";
import { wrapText } from "./wrap_text.ts";

/**
 * Leaves paragraphs in `report.txt`, which a task prints after its numbers.
 *
 * @param paragraphs Each computed from the run's numbers.
 * @param context Of the stage that found them.
 * @param sample What a model made, which keeps its lines; none unless given.
 * @returns The text.
 */
export async function leaveReport(
  paragraphs: readonly string[],
  { artifacts }: Pick<RunContext, "artifacts">,
  sample = "",
): Promise<string> {
  const lines = sample.trimEnd().split("\n").map((line) =>
    `  ${line}`.trimEnd()
  );
  const report = wrapText(paragraphs.join("\n\n")) +
    (sample.trim() === "" ? "" : `\n${lines.join("\n")}\n`);
  await artifacts.file("report.txt", report);
  return report;
}
