/**
 * Many steps in one call: the graph of a step inside an ONNX Scan.
 * @module
 */
import type { OnnxGraph, OnnxNode, OnnxValue } from "./model.ts";
import { renameGraph } from "./rename.ts";

/** Name of the free length of the leading axis. */
const STEPS = "steps";

/**
 * Repeats a step along the leading axis of its inputs.
 *
 * Scan hands each step its part of the inputs, and its state to the next, without copies. Tables, large
 * constants, and variables that are only read are seen from outside.
 *
 * @param step Of inputs `input/*`, states `variable/*` that become `next/*`, outputs `output/*`, and indices to `check/*`.
 * @returns A graph with the same names, whose `input/*`, `output/*` and `check/*` have a leading axis of steps.
 */
export function repeatSteps(step: OnnxGraph): OnnxGraph {
  const body = asBody(step);
  const isInput = ({ name }: OnnxValue) => name.startsWith("input/");
  const states = step.outputs.filter((output) => !isOutput(output));
  const scanned = [...step.inputs.filter(isInput), COUNTER];
  const outputs = step.outputs.filter(isOutput);
  const loop: OnnxNode = {
    op: "Scan",
    inputs: [...states.map(stateName), ...scanned.map(({ name }) => name)],
    outputs: [...states, ...outputs].map(({ name }) => name),
    attributes: { num_scan_inputs: scanned.length, body },
  };
  const seen = step.inputs.filter((input) => !isInput(input));
  const unread = states
    .map((state) => ({ ...state, name: stateName(state) }))
    .filter(({ name }) => !seen.some((input) => input.name === name));
  return {
    name: "steps",
    nodes: [loop],
    inputs: [...seen, ...unread, ...scanned.map(stacked)],
    outputs: [...states, ...outputs.map(stacked)],
    tensors: [],
  };
}

/** Counts the steps of a call, also for a function without inputs. */
const COUNTER: OnnxValue = { name: "input/", dtype: "bool", shape: [] };

/** What leaves a step, and is no state. */
function isOutput({ name }: OnnxValue): boolean {
  return !name.startsWith("next/");
}

/** In the order that Scan wants: states, then what changes at every step. */
function asBody(step: OnnxGraph): OnnxGraph {
  const states = step.outputs.filter(({ name }) => name.startsWith("next/"));
  const outputs = step.outputs.filter(isOutput);
  const inputs = step.inputs.filter(({ name }) => name.startsWith("input/"));
  const current = states.map((state) => ({ ...state, name: stateName(state) }));
  const changing = new Set(current.map(({ name }) => name));
  const isOuter = (name: string) => {
    return !changing.has(name) && /^(table|variable|constant)\//.test(name);
  };
  const ordered = {
    ...step,
    inputs: [...current, ...inputs, COUNTER],
    outputs: [...states, ...outputs],
  };
  return renameGraph(ordered, (name) => isOuter(name) ? name : `step/${name}`);
}

/** The state before a step, for that after it. */
function stateName({ name }: OnnxValue): string {
  return name.replace(/^next\//, "variable/");
}

function stacked(value: OnnxValue): OnnxValue {
  return { ...value, shape: [STEPS, ...value.shape] };
}
