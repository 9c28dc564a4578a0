/**
 * The divergence of normal distributions by formula and by samples: `deno task kl-gaussians`.
 * @module
 */
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import {
  klGaussians,
  type KlGaussiansConfig,
  klGaussiansFlags,
} from "../../pipelines/exact/kl_gaussians/kl_gaussians.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<KlGaussiansConfig>({
  name: "kl-gaussians",
  about:
    "Checks closed forms of KL(q || p) of univariate, diagonal and full normal distributions by samples.",
  flags: klGaussiansFlags,
  pipeline: klGaussians,
  ignores: ["device", "threads", "checkpointMinutes"],
});

if (import.meta.main) await main(task);
