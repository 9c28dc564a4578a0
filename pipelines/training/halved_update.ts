/**
 * Weight updates whose batches are computed in two halves side by side.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../compile/compile.ts";
import type {
  Feeds,
  InputSpecs,
  Step,
  StepTensors,
} from "../../compile/types.ts";
import { valueAndGradients } from "../../models/gradients/value_and_gradients.ts";
import type { Optimizer } from "../../models/optimizers/optimizer.ts";
import type { Variables } from "../../models/parameters/parameters.ts";
import type { RunContext } from "../core/context.ts";
import { together } from "../core/in_flight.ts";
import { halvesOf, split } from "./half_batches.ts";

/** What an update in halves changes, and what it is fed. */
export interface HalvedUpdateOptions<I extends InputSpecs> {
  /** Inputs of a whole batch, whose even length is that of the first axis of each. */
  readonly inputs: I;
  /** What is learned, by name. */
  readonly variables: Variables;
  /** Optimizer of the variables. */
  readonly optimizer: Optimizer;
}

/** A compiled update. */
export interface HalvedUpdate<I extends InputSpecs> extends Disposable {
  /**
   * Does an update, after those that were asked for before.
   *
   * @param feeds Numbers for a whole batch.
   * @param learningRate Step size.
   * @returns The loss of the batch, before the update.
   * @throws {RangeError} If the loss of the first batch is not the mean of those of its halves, or an input has another length.
   */
  readonly run: (feeds: Feeds<I>, learningRate: number) => Promise<number>;
  /** Brings the newest values into the variables. */
  readonly sync: () => Promise<void>;
}

/**
 * Compiles an update that computes the loss and the gradients of both halves of a batch side by side, each on a thread
 * of its own, adds the gradients, and updates once.
 *
 * It is the update of the whole batch, but for the order of sums. It is for networks of many small operations, such as
 * transformers, in which threads that share an operation wait for each other. Halves come one after the other, with the
 * same numbers and more slowly than whole batches, with one thread, on other devices than the CPU, and where
 * `--allow-ffi` names paths.
 *
 * @param loss Mean over the items of a batch, or of half of one; it may draw nothing and change no variable.
 * @param options What to learn from what.
 * @param context Of the stage that trains.
 * @returns The update; dispose it after use.
 * @throws {RangeError} If the batch cannot be halved.
 *
 * @example
 * ```ts
 * import { compileHalvedUpdate } from "@lowerbound/lowerbound/training";
 * import { sgd } from "@lowerbound/lowerbound/models";
 * import * as tf from "@tensorflow/tfjs";
 * import { assertEquals } from "@std/assert";
 *
 * const mean = tf.variable(tf.scalar(0));
 * using optimizer = sgd({ mean });
 * using update = await compileHalvedUpdate(
 *   ({ x }) => x.sub(mean).square().mean().asScalar(),
 *   { inputs: { x: { shape: [4] } }, variables: { mean }, optimizer },
 *   { device: "cpu", threads: 2 },
 * );
 * const loss = await update.run({ x: Float32Array.of(1, 2, 3, 4) }, 0.5);
 * await update.sync();
 * assertEquals([loss, ...mean.dataSync()], [7.5, 2.5]);
 * ```
 */
export async function compileHalvedUpdate<const I extends InputSpecs>(
  loss: (tensors: StepTensors<I, Record<never, never>>) => tf.Scalar,
  { inputs, variables, optimizer }: HalvedUpdateOptions<I>,
  { device, threads }: Pick<RunContext, "device" | "threads">,
): Promise<HalvedUpdate<I>> {
  const lossOf = loss as unknown as Loss; // names and ranks are those of the inputs
  const halved = halvesOf(inputs);
  using stack = new DisposableStack();
  const halves: Compiled = stack.use(
    await compile(
      gradientsOf(lossOf, variables),
      { device, threads, inputs: halved, parallel: "calls" },
    ),
  );
  const whole: Compiled = stack.use(
    await compile(
      (fed: Tensors) => ({ value: lossOf(fed) }),
      { device, threads, inputs: inputs as InputSpecs },
    ),
  );
  const apply: Compiled = stack.use(
    await compile(
      applying(optimizer, Object.keys(variables)),
      { device, threads, inputs: gradientInputs(variables) },
    ),
  );
  const kept = stack.move();
  let memory: readonly [Found?, Found?] = [];
  let isChecked = false;
  const update = async (feeds: Feeds<I>, learningRate: number) => {
    const [first, second] = split(inputs, feeds);
    const found = memory = await together([
      halves.run(first, memory[0]),
      halves.run(second, memory[1]),
    ]);
    const [one, other] = found;
    const losses = [one["value"]!.item(), other["value"]!.item()] as const; // of each half
    if (!isChecked) {
      const { value } = await whole.run(feeds as Feeds<InputSpecs>);
      checkMean(value!.item(), ...losses); // returned above
      whole.dispose();
      isChecked = true;
    }
    await apply.run({
      ...numbersOf(one, "first"),
      ...numbersOf(other, "second"),
      learningRate,
    });
    return losses[0] + losses[1];
  };
  let last: Promise<unknown> = Promise.resolve();
  return {
    run: (feeds, learningRate) => {
      const result = last.then(() => update(feeds, learningRate));
      last = result.catch(() => {}); // a failure is its caller's alone
      return result;
    },
    sync: () => apply.sync(),
    [Symbol.dispose]: () => kept.dispose(),
  };
}

type Tensors = Readonly<Record<string, tf.Tensor>>;
type Loss = (tensors: Tensors) => tf.Scalar;
type Compiled = Step<InputSpecs, Tensors, Record<never, never>>;
type Found = Awaited<ReturnType<Compiled["run"]>>;
type Side = "first" | "second";

/** Half the loss of half a batch, and its gradients: shares of those of the whole. */
function gradientsOf(
  loss: Loss,
  variables: Variables,
): (fed: Tensors) => Tensors {
  return (fed) => {
    const { value, gradients } = valueAndGradients(
      () => loss(fed).mul<tf.Scalar>(0.5),
      variables,
    );
    const named = Object.entries(gradients)
      .map(([name, gradient]) => [`${GRADIENT}${name}`, gradient] as const);
    return { ...Object.fromEntries(named), value };
  };
}

/** Adds gradients and updates. */
function applying(
  optimizer: Optimizer,
  names: readonly string[],
): (fed: Tensors) => Tensors {
  return (fed) => {
    const sums = names.map((name) => {
      const [one, other] = [fed[`first/${name}`]!, fed[`second/${name}`]!]; // declared as inputs
      return [name, one.add(other)] as const;
    });
    optimizer.apply(Object.fromEntries(sums), fed["learningRate"]!); // as these
    return { done: tf.scalar(0) };
  };
}

function gradientInputs(variables: Variables): InputSpecs {
  const specs = Object.entries(variables).flatMap(([name, { shape }]) => [
    [`first/${name}`, { shape }] as const,
    [`second/${name}`, { shape }] as const,
  ]);
  return { ...Object.fromEntries(specs), learningRate: { shape: [] } };
}

/** Gradients by the names of the inputs that take them. */
function numbersOf(found: Found, side: Side): Feeds<InputSpecs> {
  const gradients = Object.entries(found)
    .filter(([name]) => name.startsWith(GRADIENT))
    .map(([name, { data }]) =>
      [`${side}/${name.slice(GRADIENT.length)}`, data] as const
    );
  return Object.fromEntries(gradients);
}

const GRADIENT = "gradient/";

/** Orders of sums move a loss by a millionth; sums in place of means by half, and statistics of half a batch by percents. */
const TOLERANCE = 1e-3;

/** @throws {RangeError} If a loss is not the sum of those of both halves, each of which is half the loss of its own. */
function checkMean(whole: number, one: number, other: number): void {
  const scale = Math.abs(one) + Math.abs(other);
  if (!(Math.abs(whole - one - other) > TOLERANCE * scale)) return; // what is not finite is told by others
  throw new RangeError(
    `Expected the loss of a batch to be the mean of those of its halves, ${
      one + other
    }, but found ${whole}: a sum, or statistics of a batch, cannot be computed in halves`,
  );
}
