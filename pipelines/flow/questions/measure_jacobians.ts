/**
 * The stage that measures what log determinants of triangular and of general Jacobians are, and cost.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../../compile/compile.ts";
import type { VectorFlow } from "../../../models/flows/vector_flow.ts";
import type { RunContext } from "../../core/context.ts";
import { fold, split } from "../../core/random/key.ts";
import { normal } from "../../core/random/normal.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { only } from "../../core/task/flags.ts";
import { logAbsDet } from "./log_abs_det.ts";
import { type RandomFlows, randomFlows } from "./question_settings.ts";
import { randomFlow } from "./random_flow.ts";

/** The log determinant of a vector, in two ways. */
export interface JacobianCost {
  /** Numbers of a vector. */
  readonly size: number;
  /** |sum of log scales - log |det J||, J by backward passes, in nats. */
  readonly difference: number;
  /** Multiplications of the pass that also gives the sum of log scales. */
  readonly triangular: number;
  /** Multiplications of all backward passes, and of the elimination. */
  readonly general: number;
  /** Milliseconds of the first way; time is told, and no part of a run's numbers. */
  readonly triangularMs: number;
  /** Milliseconds of the second. */
  readonly generalMs: number;
}

/** Couplings of each flow. */
const COUPLINGS = 4;

/** Compares both ways for vectors of several lengths. */
export const measureJacobians: Stage<
  Partial<RandomFlows>,
  { readonly jacobians: readonly JacobianCost[] }
> = stage("jacobians", {
  needs: [],
  settings: only(randomFlows, "sizes", "width"),
  adds: { jacobians: "differences and costs by the length of a vector" },
}, async ({ sizes, width }, context) => {
  const [weightKey, vectorKey] = split(context.key, 2);
  const jacobians: JacobianCost[] = [];
  for (const size of sizes) {
    context.signal.throwIfAborted();
    const options = { size, couplings: COUPLINGS, width, bound: 2, raw: 0.1 };
    using flow = randomFlow(options, fold(weightKey, size));
    const x = normal(fold(vectorKey, size), size);
    jacobians.push({
      size,
      ...await compare(flow, x, context),
      ...multiplications(size, width),
    });
  }
  return { jacobians };
});

async function compare(
  flow: VectorFlow,
  x: Float32Array<ArrayBuffer>,
  { device, threads, signal }: RunContext,
): Promise<
  Pick<JacobianCost, "difference" | "triangularMs" | "generalMs">
> {
  const size = x.length;
  const inputs = { x: { shape: [1, size] as const } };
  using triangular = await compile(
    ({ x }) => ({ logDet: flow.forward(x).logDet }),
    { inputs, device, threads },
  );
  using backward = await compile(({ x, direction }) => {
    const along = (x: tf.Tensor) =>
      flow.forward(x).value.mul(direction).sum().asScalar();
    return { row: tf.grad(along)(x) };
  }, {
    inputs: { ...inputs, direction: { shape: [1, size] as const } },
    device,
    threads,
  });
  const jacobian = async () => {
    const rows = new Float32Array(size ** 2);
    for (let i = 0; i < size; i++) {
      signal.throwIfAborted();
      const direction = new Float32Array(size);
      direction[i] = 1;
      const { row } = await backward.run({ x, direction });
      rows.set(row.data, i * size);
    }
    return logAbsDet(rows);
  };
  const short = await shortest(
    5,
    async () => (await triangular.run({ x })).logDet.item(),
  );
  const long = await shortest(2, jacobian);
  return {
    difference: Math.abs(short.value - long.value),
    triangularMs: short.milliseconds,
    generalMs: long.milliseconds,
  };
}

/** The least time of several turns, after one that is not timed. */
async function shortest(
  turns: number,
  work: () => Promise<number>,
): Promise<{ readonly value: number; readonly milliseconds: number }> {
  const value = await work();
  let milliseconds = Infinity;
  for (let turn = 0; turn < turns; turn++) {
    const start = performance.now();
    await work();
    milliseconds = Math.min(milliseconds, performance.now() - start);
  }
  return { value, milliseconds };
}

/** Counts those of matrix products; a backward pass to the inputs has as many again as the pass before it. */
function multiplications(
  size: number,
  width: number,
): Pick<JacobianCost, "triangular" | "general"> {
  const kept = size / 2;
  const pass = COUPLINGS * width * (kept + width + 2 * (size - kept));
  return { triangular: pass, general: size * 2 * pass + size ** 3 / 3 };
}
