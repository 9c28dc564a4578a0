/**
 * A normalizing flow on MNIST with all its grey levels: `deno task flow-mnist`.
 * @module
 */
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import {
  type FlowMnistConfig,
  flowMnistExperiment,
  flowMnistFlags,
} from "../../pipelines/flow/flow_mnist.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<FlowMnistConfig>({
  name: "flow-mnist",
  about:
    "Trains a RealNVP on MNIST with 256 grey levels, and bounds the bits of a pixel.",
  flags: flowMnistFlags,
  pipeline: flowMnistExperiment("flow-mnist"),
  examples: [
    "deno task flow-mnist --smoke",
    "deno task flow-mnist --dequantization uniform",
  ],
});

if (import.meta.main) await main(task);
