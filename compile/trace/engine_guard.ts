/**
 * The engine of TensorFlow.js is global: after a trace it is as it was before.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { CompileError } from "../compile_error.ts";
import { withGradients } from "../gradients/mod.ts";
import { numbersOf, type Recording } from "./recording.ts";
import { RECORDER, recordInto } from "./recording_backend.ts";

/**
 * Runs a function whose operations go to a recording.
 *
 * All tensors it makes are disposed, and all variables have their values from before; those it creates
 * have their first value.
 */
export function withRecorder<T>(recording: Recording, run: () => T): T {
  const engine = tf.engine();
  const before = tf.getBackend();
  const variables = Object.values(engine.registeredVariables);
  const saved = variables.map((variable) => tf.keep(variable.clone()));
  recordInto(recording);
  switchBackend(RECORDER);
  engine.startScope("compile");
  try {
    return withGradients(run);
  } finally {
    engine.endScope();
    switchBackend(before);
    variables.forEach((variable, i) => {
      const value = saved[i]!; // one for each variable
      if (variable.dataId !== value.dataId) variable.assign(value);
      value.dispose();
    });
    initializeCreated(recording);
    recordInto(undefined);
  }
}

/** The backends switched between are ready, so that this takes effect at once, despite its promise. */
function switchBackend(name: string): void {
  void tf.setBackend(name);
}

function initializeCreated({ created }: Recording): void {
  for (const [variable, value] of created) {
    if (value.kind !== "constant" && value.kind !== "splat") {
      variable.dispose();
      throw new CompileError(
        `Cannot create variable "${variable.name}" from a tensor that depends on the inputs: create it outside the function`,
      );
    }
    const { shape, dtype } = variable;
    tf.tidy(() => variable.assign(tf.tensor(numbersOf(value), shape, dtype)));
  }
}
