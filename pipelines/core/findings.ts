/**
 * What a run found, in sentences made of its numbers.
 * @module
 */
import type { RunContext } from "./context.ts";

/**
 * Shows sentences on the terminal, and keeps them in `findings.txt`.
 *
 * @param sentences Each computed from the run's numbers.
 * @param context Of the stage that found them.
 */
export async function leaveFindings(
  sentences: readonly string[],
  { progress, artifacts }: Pick<RunContext, "progress" | "artifacts">,
): Promise<void> {
  for (const sentence of sentences) progress.note(sentence);
  await artifacts.file("findings.txt", sentences.map((s) => `${s}\n`).join(""));
}
