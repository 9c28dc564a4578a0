/**
 * Settings of optimizers become constants of a graph: a change afterwards is an error, not nothing.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { CompileError } from "../compile_error.ts";

/** An optimizer, and its settings when it was traced. */
export interface FrozenSettings {
  readonly optimizer: tf.Optimizer;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Runs a function, and notes the optimizers that take a step in it. */
export function watchOptimizers<T>(
  run: () => T,
): { readonly result: T; readonly frozen: readonly FrozenSettings[] } {
  const seen = new Set<tf.Optimizer>();
  const { prototype } = tf.Optimizer as unknown as { prototype: Counting }; // its method is protected
  const original = prototype.incrementIterations;
  prototype.incrementIterations = function (this: tf.Optimizer): void {
    seen.add(this);
    original.call(this);
  };
  try {
    const result = run();
    const frozen = [...seen].map((optimizer) => {
      return { optimizer, settings: settingsOf(optimizer) };
    });
    return { result, frozen };
  } finally {
    prototype.incrementIterations = original;
  }
}

/** What every optimizer calls once in a step. */
interface Counting {
  incrementIterations(this: tf.Optimizer): void;
}

/**
 * Checks that optimizers are set as they were.
 *
 * @throws {CompileError} If a setting has changed.
 */
export function checkSettings(frozen: readonly FrozenSettings[]): void {
  for (const { optimizer, settings } of frozen) {
    const now = settingsOf(optimizer);
    for (const [name, value] of Object.entries(settings)) {
      if (Object.is(value, now[name])) continue;
      throw new CompileError(
        `Expected ${name} of the optimizer ${optimizer.getClassName()} to stay ${value} but found ${
          now[name]
        }: it is a constant of the compiled function; compile again, or write the update with ${name} as an input`,
      );
    }
  }
}

/** Numbers, flags and names of an optimizer, without how often it was called. */
function settingsOf(optimizer: tf.Optimizer): FrozenSettings["settings"] {
  const entries = Object.entries(optimizer).filter(([name, value]) => {
    return name !== "iterations_" &&
      ["number", "boolean", "string"].includes(typeof value);
  });
  return Object.fromEntries(entries);
}
