/**
 * Who holds the newest values of each tf.Variable: the variable itself, or a device.
 *
 * All compiled functions share this knowledge, so that each sees what another, or an `assign()` from
 * outside, wrote last.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { ArrayOf, DType } from "../dtype.ts";

/** A device that keeps values of variables. */
export interface StateDevice {
  /** Copies the values out of the device. */
  read(variable: tf.Variable): Promise<ArrayOf<DType>>;
}

/** What is known of one variable. */
interface VariableState {
  /** Counts the values it had: a device whose copy has this version is up to date. */
  version: number;
  /** Who holds the newest values; `undefined` for the variable itself. */
  holder: StateDevice | undefined;
  /** The variable's data when last seen: another one means that somebody assigned. */
  dataId: tf.Variable["dataId"];
}

const states = new WeakMap<tf.Variable, VariableState>();
const behind = new Set<tf.Variable>();

/** Finds the version of the newest values of a variable, and who holds them. */
export function newestOf(variable: tf.Variable): Readonly<VariableState> {
  return stateOf(variable);
}

/**
 * Notes that a device has just computed the newest values of a variable, unless somebody assigned others meanwhile.
 *
 * @param since The version of the values when the device began.
 * @returns The version of these values, if they are the newest.
 */
export function noteNewest(
  variable: tf.Variable,
  holder: StateDevice,
  since: number,
): number | undefined {
  const state = stateOf(variable);
  if (state.version !== since) return undefined;
  if (!state.holder) assign(variable, variable.dataSync()); // data nobody else has: see `stateOf()`
  state.dataId = variable.dataId;
  state.holder = holder;
  state.version++;
  behind.add(variable);
  return state.version;
}

/** Writes the newest values of every variable that is behind a device into it. */
export async function syncVariables(): Promise<void> {
  for (const variable of behind) {
    const state = stateOf(variable);
    if (state.holder && !variable.isDisposed) {
      const numbers = await state.holder.read(variable);
      if (!stateOf(variable).holder) continue; // assigned meanwhile
      assign(variable, numbers);
    }
    state.dataId = variable.dataId;
    state.holder = undefined;
  }
  behind.clear();
}

function stateOf(variable: tf.Variable): VariableState {
  const { dataId } = variable;
  let state = states.get(variable);
  if (!state) {
    states.set(variable, state = { version: 0, holder: undefined, dataId });
  }
  if (state.dataId !== dataId) { // assigned from outside: that is the newest
    Object.assign(state, { version: state.version + 1, holder: undefined });
    state.dataId = dataId;
    behind.delete(variable);
  }
  return state;
}

function assign(variable: tf.Variable, values: ArrayOf<DType>): void {
  const { shape, dtype } = variable;
  tf.tidy(() => variable.assign(tf.tensor(values, shape, dtype)));
}
