/**
 * Normalizing flows on densities of the plane: `deno task flow-plane`.
 * @module
 */
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import {
  type FlowPlaneConfig,
  flowPlaneExperiment,
  flowPlaneFlags,
} from "../../pipelines/flow/plane/flow_plane.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<FlowPlaneConfig>({
  name: "flow-plane",
  about:
    "Learns densities of the plane whose entropy is known, and draws how a flow bends a grid into them.",
  flags: flowPlaneFlags,
  pipeline: flowPlaneExperiment,
  examples: [
    "deno task flow-plane --smoke",
    "deno task flow-plane --targets ring --couplings 16",
  ],
  units: { kl: "nats" },
});

if (import.meta.main) await main(task);
