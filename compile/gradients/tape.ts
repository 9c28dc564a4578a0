/**
 * The tape of TensorFlow.js, on which operations are noted to be differentiated, with what it gets wrong put right.
 *
 * - What a kernel saves of its outputs is noted before the kernel itself, so that a second derivative does not find its
 *   way through it and loses a term, silently. Here it is noted after it.
 * - What a custom gradient saves of neither its inputs nor its output has no way back at all: a second derivative
 *   through it is refused.
 * - Integers and bools change in jumps, and their derivative is 0: where tfjs has no gradient for a comparison, it
 *   fails, and a cast to integers passes gradients through.
 * - An input that is left out is not saved.
 *
 * All of this is private to the engine, whose version is fixed in deno.json.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { CompileError } from "../compile_error.ts";
import { type OperationGradient, operationGradient } from "./operations.ts";
import { type InputGradients, noGradient } from "./gradient.ts";

type Tensors = Readonly<Record<string, tf.Tensor>>;

/** Computes gradients of the inputs from those of the outputs. */
type Backward = (
  dy: tf.Tensor | tf.Tensor[],
  saved: tf.Tensor[],
  attributes: tf.NamedAttrMap,
) => InputGradients;

/** What is noted of an operation. */
type TapeEntry = [
  kernel: string,
  inputs: Tensors,
  outputs: tf.Tensor[],
  backward: Backward | null,
  saved: tf.Tensor[],
  attributes: tf.NamedAttrMap | undefined,
];

/** A kernel, or a function with a custom gradient. */
interface Call {
  readonly kernelName?: string;
  readonly attrs?: tf.NamedAttrMap;
}

/** The engine, from inside. */
interface Engine {
  readonly state: {
    readonly kernelDepth: number;
    readonly scopeStack: readonly { readonly name: string }[];
  };
  nextTensorId(): number;
  runKernelFunc(call: Call): unknown;
  addTapeNode(...entry: TapeEntry): void;
  getTensorsForGradient(
    kernel: string,
    inputs: Tensors,
    outputs: tf.Tensor[],
  ): (tf.Tensor | undefined)[];
}

/** Repairs the tape, and returns how to put the old one back. */
export function repairTape(): () => void {
  const engine = tf.engine() as unknown as Engine; // these members are private
  const { addTapeNode, runKernelFunc, getTensorsForGradient } = engine;
  const note = (...entry: TapeEntry) => addTapeNode.apply(engine, entry);
  let firstId = 0; // of tensors that the present operation makes
  let inner: Call | undefined; // the kernel inside a custom gradient of tfjs
  let savings: TapeEntry[] = [];

  engine.runKernelFunc = (call) => {
    if (engine.state.kernelDepth === 0) {
      firstId = engine.nextTensorId();
      inner = undefined;
      savings = [];
    } else {
      if (call.kernelName?.startsWith("Fused")) inner = call;
    }
    return runKernelFunc.call(engine, call);
  };
  engine.getTensorsForGradient = (...args) =>
    getTensorsForGradient.apply(engine, args).filter((tensor) => tensor);
  engine.addTapeNode = (...given) => {
    const entry = withoutMissing(given);
    if (engine.state.kernelDepth > 0) {
      savings.push(entry);
      return;
    }
    const [after, first] = [savings, firstId];
    savings = [];
    const [operation, inputs, outputs] = entry;
    if (outputs.every(isDiscrete)) {
      note(...discrete(entry));
    } else {
      const scopes = engine.state.scopeStack.map(({ name }) => name);
      const kernel = { kernel: inner?.kernelName, attributes: inner?.attrs };
      const own = operationGradient(operation, scopes, inputs, kernel);
      if (own === "constant") {
        tf.dispose(entry[4]); // what was saved for its gradient
        return;
      }
      note(...own ? replaced(entry, own) : differentiable(entry));
    }
    for (const saving of after) {
      const saved = saving[1]["x"]!; // what a copy is of
      const isNew = saved.id > first && !outputs.includes(saved);
      if (!isNew) note(...saving);
      else if (!isDiscrete(saved)) note(...lost(entry, saving));
    }
  };
  const original = { addTapeNode, runKernelFunc, getTensorsForGradient };
  return () => {
    Object.assign(engine, original);
  };
}

/** An operation with another gradient than that of tfjs. */
function replaced(
  [operation, inputs, outputs, , saved, attributes]: TapeEntry,
  { saves, compute }: OperationGradient,
): TapeEntry {
  const copies = saves.map((tensor) => tf.keep(tf.clone(tensor)));
  const backward: Backward = (dy) => compute(dy as tf.Tensor, copies); // these have one output
  const name = ownName(operation);
  return [name, inputs, outputs, backward, [...saved, ...copies], attributes];
}

/** What is left out has no gradient. */
function withoutMissing([kernel, inputs, ...rest]: TapeEntry): TapeEntry {
  const there = Object.entries(inputs).filter(([, tensor]) => tensor);
  return [kernel, Object.fromEntries(there), ...rest];
}

/** tfjs finds its own gradients by the names of kernels. */
function ownName(kernel: string): string {
  return `${kernel} of lowerbound`;
}

function isDiscrete({ dtype }: tf.Tensor): boolean {
  return dtype === "int32" || dtype === "bool";
}

/** An operation whose result changes in jumps. */
function discrete([kernel, inputs, ...rest]: TapeEntry): TapeEntry {
  const [outputs, , saved, attributes] = rest;
  const backward = () => zeros(inputs);
  return [
    ownName(kernel),
    inputs,
    outputs,
    backward,
    saved,
    attributes,
  ];
}

function zeros(inputs: Tensors): InputGradients {
  const gradients = Object.entries(inputs).map(([name, { shape }]) =>
    [name, () => noGradient(shape)] as const
  );
  return Object.fromEntries(gradients);
}

/** An operation of a kernel without a gradient is refused only where one is asked for. */
function differentiable(entry: TapeEntry): TapeEntry {
  const [kernel, inputs, outputs, backward, saved, attributes] = entry;
  const known = tf.getGradient(kernel)?.gradFunc as Backward | undefined; // of the kernel that is noted
  const compute = known ?? backward;
  if (compute) {
    const rest = Object.entries(inputs).filter(([, input]) =>
      isDiscrete(input)
    );
    if (rest.length === 0) return entry;
    const whole: Backward = (...args) => ({
      ...compute(...args),
      ...zeros(Object.fromEntries(rest)),
    });
    return [ownName(kernel), inputs, outputs, whole, saved, attributes];
  }
  const refuse = () => {
    throw new CompileError(
      `Cannot differentiate ${kernel}: write it with other operations, or give it a gradient with tf.customGrad()`,
    );
  };
  return [kernel, inputs, outputs, refuse, saved, attributes];
}

/** A copy that a custom gradient saved of what was made on the way: it depends on the inputs, nobody knows how. */
function lost([operation, inputs]: TapeEntry, saving: TapeEntry): TapeEntry {
  const name = operation.replace(/__op$/, "");
  const backward = () => {
    throw new CompileError(
      `Cannot differentiate ${name} twice: its gradient saves what is neither input nor output; write it without tf.customGrad(), or save its inputs`,
    );
  };
  return [operation, inputs, saving[2], backward, saving[4], saving[5]];
}
