/**
 * The VAE run eagerly by a backend of TensorFlow.js, as a process: `tfjs.ts wasm|cpu`.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { serve } from "../serve.ts";
import { versionOf } from "../versions.ts";
import { usualVae, vaeProblem } from "../work/image_models.ts";
import { updateCall } from "../work/training.ts";
import { repeated } from "../work/work.ts";

const [backend = "cpu"] = Deno.args;
if (backend === "wasm") await import("@tensorflow/tfjs-backend-wasm");
await tf.setBackend(backend);
const setting = { device: "tfjs", threads: 1, stepsPerCall: 1 } as const;
const call = await updateCall(vaeProblem(usualVae), setting);
const facts = `TensorFlow.js ${versionOf("@tensorflow/tfjs")}, ${backend}`;
await serve({ facts, run: repeated(call) });
