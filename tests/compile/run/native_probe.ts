// Prints how ONNX Runtime is reached with the permissions that this script is given, and what it computes.
import { compile } from "../../../compile/compile.ts";
import { findLibrary } from "../../../compile/run/native/load.ts";

using step = await compile(({ x }) => ({ sum: x.square().sum() }), {
  inputs: { x: { shape: [3] } },
  device: "cpu",
});
const { sum } = await step.run({ x: Float32Array.of(1, 2, 3) });
const direct = findLibrary() !== undefined;
const text = JSON.stringify({ direct, sum: sum.item() });
Deno.stdout.writeSync(new TextEncoder().encode(text));
