/**
 * Sweeps of the toy task.
 * @module
 */
import { fromFileUrl } from "@std/path";
import { sweep } from "../../../pipelines/sweeps/sweep.ts";
import { task } from "../core/task/toy_task.ts";

const pathOf = (file: string) => fromFileUrl(import.meta.resolve(file));

await sweep({
  load(name) {
    if (name === task.name) return Promise.resolve(task);
    throw new RangeError(`Expected the toy task but found "${name}"`);
  },
  fileOf: () => pathOf("../core/task/toy_task.ts"),
  program: pathOf("./toy_sweep.ts"),
  runFlags: [
    ...["-q", "-P=run", "--no-prompt", "--no-check"],
    `--config=${pathOf("../../../deno.json")}`,
  ],
}, Deno.args);
