/**
 * Convolutional players beside perceptrons on MNIST: `deno task dcgan`.
 * @module
 */
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import {
  type DcganConfig,
  dcganExperiment,
  dcganFlags,
} from "../../pipelines/gan/dcgan/dcgan.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<DcganConfig>({
  name: "dcgan",
  about:
    "Trains a convolutional generator and discriminator on MNIST, and perceptrons for as many epochs and for as long.",
  flags: dcganFlags,
  pipeline: dcganExperiment("dcgan"),
});

if (import.meta.main) await main(task);
