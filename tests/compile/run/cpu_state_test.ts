import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import {
  acceptNextState,
  currentState,
  nextState,
} from "../../../compile/run/cpu_state.ts";
import { loadOnnxRuntime } from "../../../compile/run/native/load.ts";
import { syncVariables } from "../../../compile/run/state_store.ts";

const runtime = await loadOnnxRuntime();

/** What a step does that writes a value: it reads, is away for a while, writes and hands over. */
async function write(
  variable: tf.Variable,
  value: number,
  meanwhile = () => {},
): Promise<number> {
  const { data } = await currentState(runtime, variable);
  const [read] = data;
  nextState(runtime, variable).data[0] = value;
  meanwhile();
  acceptNextState(variable);
  return read!; // a number
}

Deno.test("what a step writes is what the next one reads, and what sync() finds", async () => {
  const variable = tf.variable(tf.scalar(5));
  assertEquals(await write(variable, 6), 5);
  assertEquals(await write(variable, 7), 6);
  assertEquals(await write(variable, 8), 7);
  await syncVariables();
  assertEquals(variable.dataSync()[0], 8);
  variable.dispose();
});

Deno.test("an assign() during a step is newer than what the step writes", async () => {
  const variable = tf.variable(tf.scalar(5));
  await write(variable, 6);
  await write(variable, 7, () => variable.assign(tf.scalar(100)));
  assertEquals(variable.dataSync()[0], 100);
  assertEquals(await write(variable, 8), 100);
  await syncVariables();
  assertEquals(variable.dataSync()[0], 8);
  variable.dispose();
});
