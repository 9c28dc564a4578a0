/**
 * Waits until a run has recorded so many lines, and no longer than its process lasts.
 *
 * @throws {Error} If the process ends before.
 */
export async function waitForLines(
  process: Deno.ChildProcess,
  run: string,
  count: number,
): Promise<void> {
  const lines = async () =>
    (await Deno.readTextFile(`${run}/metrics.jsonl`).catch(() => ""))
      .split("\n").length - 1;
  let code: number | undefined;
  process.status.then((ended) => code = ended.code);
  for (;;) {
    const isOver = code !== undefined; // before the last look
    const found = await lines();
    if (found >= count) return;
    if (isOver) {
      const { stderr } = await process.output();
      throw new Error(
        `Expected ${count} lines but found ${found} of a process that ended with ${code}: ${
          new TextDecoder().decode(stderr)
        }`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
