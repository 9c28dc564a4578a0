import type { RunContext } from "../../pipelines/core/context.ts";
import { execute } from "../../pipelines/core/run/execute.ts";
import { stage } from "../../pipelines/core/stage.ts";

/** Runs a check with the context of a stage. */
export async function inContext(
  check: (context: RunContext) => Promise<void>,
): Promise<void> {
  const checking = stage("check", { needs: [], adds: { done: "" } }, async (
    _: object,
    context,
  ) => {
    await check(context);
    return { done: true };
  });
  await execute(checking, {}, { seed: 0, device: "cpu", threads: 1 });
}
