/**
 * The tape of TensorFlow.js, on which operations are noted to be differentiated, with what it gets wrong put right.
 *
 * - What a kernel saves of its outputs is noted before the kernel itself, so that a second derivative does not find its
 *   way through it and loses a term, silently. Here it is noted after it.
 * - What a custom gradient makes on the way, and uses again when it is asked for, has no way back at all: a second
 *   derivative through it loses a term, silently. Here it is refused.
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
    readonly gradientDepth: number;
    readonly scopeStack: readonly { readonly name: string }[];
  };
  runKernelFunc(call: Call): tf.Tensor | tf.Tensor[];
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
  let inner: Call | undefined; // the kernel inside a custom gradient of tfjs
  let made: tf.Tensor[] = []; // inside the present operation
  let savings: TapeEntry[] = [];

  engine.runKernelFunc = (call) => {
    const { kernelDepth, gradientDepth } = engine.state;
    if (kernelDepth === 0) {
      inner = undefined;
      made = [];
      savings = [];
      return runKernelFunc.call(engine, call);
    }
    if (call.kernelName?.startsWith("Fused")) inner = call;
    const results = runKernelFunc.call(engine, call);
    if (gradientDepth > 0) made.push(...[results].flat());
    return results;
  };
  engine.getTensorsForGradient = (...args) =>
    getTensorsForGradient.apply(engine, args).filter((tensor) => tensor);
  engine.addTapeNode = (...given) => {
    const entry = withoutMissing(given);
    if (engine.state.kernelDepth > 0) {
      savings.push(entry);
      return;
    }
    const [operation, inputs, outputs, backward] = entry;
    const isOwn = (tensor: tf.Tensor) => outputs.includes(tensor);
    const copies = new Set(savings.flatMap(([, , results]) => results));
    const inside = made.filter((x) => !isOwn(x) && !copies.has(x));
    const after = savings;
    [made, savings] = [[], []];
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
    const fractions = inside.filter((tensor) => !isDiscrete(tensor));
    if (backward && fractions.length > 0) note(...lost(entry, fractions));
    for (const saving of after) note(...saving);
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

/** What a custom gradient made on the way: it depends on the inputs, nobody knows how. */
function lost(
  [operation, inputs]: TapeEntry,
  made: tf.Tensor[],
): TapeEntry {
  const name = operation.replace(/__op$/, "");
  const refuse = () => {
    throw new CompileError(
      `Cannot differentiate ${name} twice: its gradient uses what is neither its input nor its result; write it without tf.customGrad(), or compute that from the inputs once more`,
    );
  };
  return [ownName(operation), inputs, made, refuse, [], undefined];
}
