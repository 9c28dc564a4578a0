import { assertEquals } from "@std/assert";
import type { Checkpoints } from "../../../pipelines/core/context.ts";
import { checkpointFiles } from "../../../pipelines/core/run/checkpoints/checkpoint_files.ts";
import { holdPlace } from "../../../pipelines/core/run/disk/place.ts";
import { keepEstimates } from "../../../pipelines/vae/keep_estimates.ts";
import { tempFolder } from "../core/temp_folder.ts";

const path = ["vae", "likelihood"];

function checkpointsIn(root: string, everyMinutes: number): Checkpoints {
  return checkpointFiles(holdPlace(root), {
    everyMinutes,
    mark: () => ({ position: 0, sha256: "none" }),
    making: () => ({ settings: {}, data: {}, versions: {} }),
    goTo: () => {},
    warn: (text) => {
      throw new Error(text);
    },
  });
}

/** What a later process finds: how many are done, and the numbers. */
async function found(checkpoints: Checkpoints) {
  const [bound, error] = [new Float64Array(3), new Float64Array(3)];
  const keeper = await keepEstimates({ bound, error }, { checkpoints, path });
  return { done: keeper.done(), bound: [...bound], error: [...error] };
}

Deno.test("estimates are kept in double precision when it is time to, and when told", async () => {
  using folder = tempFolder();
  const none = { done: 0, bound: [0, 0, 0], error: [0, 0, 0] };
  const late = checkpointsIn(folder.path, 0.5);
  const bound = Float64Array.of(1 / 3, -1e-300, 0);
  const error = Float64Array.of(0.1, 7, 0);
  const keeper = await keepEstimates({ bound, error }, {
    checkpoints: late,
    path,
  });
  assertEquals(keeper.done(), 0);
  await keeper.advance(1);
  assertEquals(keeper.done(), 1);
  assertEquals(await found(late), none); // half a minute has not passed
  await keeper.keep();
  const kept = { done: 1, bound: [...bound], error: [...error] };
  assertEquals(await found(late), kept);
  const always = checkpointsIn(folder.path, 0);
  const next = await keepEstimates({ bound, error }, {
    checkpoints: always,
    path,
  });
  bound[2] = 1e-17;
  await next.advance(3);
  const all = { ...kept, done: 3, bound: [1 / 3, -1e-300, 1e-17] };
  assertEquals(await found(always), all);
  assertEquals(
    [...Deno.readDirSync(`${folder.path}/checkpoints/vae/likelihood`)].map((
      { name },
    ) => name).includes("estimates"),
    true,
  );
});
