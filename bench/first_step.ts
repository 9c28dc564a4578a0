/**
 * From a step's function to the end of its first run, in a process that has compiled nothing before.
 * @module
 */
import { serve } from "./serve.ts";
import { usualVae, vaeProblem } from "./work/image_models.ts";
import { updateCall } from "./work/training.ts";

const problem = vaeProblem(usualVae);
await serve({
  facts: "with the loading of ONNX Runtime",
  run: async () => {
    const start = performance.now();
    const setting = { device: "cpu", threads: 2, stepsPerCall: 1 } as const;
    const call = await updateCall(problem, setting);
    await call();
    return performance.now() - start;
  },
});
