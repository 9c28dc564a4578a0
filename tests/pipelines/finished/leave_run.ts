/**
 * Finished runs for tests.
 * @module
 */
import type { Variables } from "../../../models/parameters/parameters.ts";
import type { Json } from "../../../pipelines/core/context.ts";
import { newRecord } from "../../../pipelines/core/run/new_record.ts";
import { writeRecord } from "../../../pipelines/core/run/run_record.ts";
import { leaveWeights } from "../../../pipelines/training/leave_weights.ts";

/** A folder as a finished run of one training leaves it. */
export async function leave(
  config: Readonly<Record<string, Json>>,
  weights: Variables,
  told: Readonly<Record<string, string>>,
): Promise<string> {
  const folder = await Deno.makeTempDir();
  const start = {
    task: "a",
    config,
    seed: 0,
    device: "cpu",
    threads: 1,
  } as const;
  writeRecord(folder, {
    ...newRecord({ ...start, commandLine: [] }),
    status: "finished",
  });
  await Deno.writeTextFile(
    `${folder}/summary.json`,
    '{"task":"a","dataset":"d","device":"cpu","seed":0,"test/elbo":-1.5}',
  );
  await Deno.writeTextFile(
    `${folder}/metrics.jsonl`,
    '{"step":1,"epoch":1,"train/elbo":-2}\n',
  );
  await Deno.mkdir(`${folder}/model`);
  const artifacts = {
    file: (name: string, content: string | Uint8Array) =>
      Deno.writeFile(`${folder}/${name}`, content as Uint8Array),
    figure: () => Promise.resolve(),
  };
  await leaveWeights({ weights, told }, { artifacts, path: ["a", "train"] });
  return folder;
}
