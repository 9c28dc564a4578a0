/**
 * Repeats runs of the toy task.
 * @module
 */
import { rerun } from "../../../../pipelines/core/task/rerun.ts";
import { task } from "./toy_task.ts";

await rerun(() => Promise.resolve(task));
