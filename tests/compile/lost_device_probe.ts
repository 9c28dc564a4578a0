import { compile } from "../../compile/compile.ts";
import { loadOnnxRuntimeWeb } from "../../compile/run/onnx_runtime_web.ts";

/** Loses the graphics device between two runs, and prints the error of the second. */
const step = await compile(({ x }) => ({ y: x.mul(2) }), {
  inputs: { x: { shape: [4] } },
  device: "webgpu",
});
const x = Float32Array.of(1, 2, 3, 4);
await step.run({ x });
const runtime = await loadOnnxRuntimeWeb();
(await runtime.env.webgpu.device as GPUDevice).destroy();
const { name, message } = await step.run({ x }).catch((error) => error);
// deno-lint-ignore no-console -- the answer of this program
console.log(`${name}: ${message}`);
Deno.exit(0);
