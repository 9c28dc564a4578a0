/**
 * Initial values of parameters, by key.
 * @module
 */
import type {
  NamedParameterSpec,
  SampleParameter,
} from "../../models/parameters/parameters.ts";
import { fold, type Key } from "../core/random/key.ts";
import { normal } from "../core/random/normal.ts";
import { uniform } from "../core/random/uniform.ts";

/**
 * Makes a function that draws each parameter with a key of its own, folded from the parameter's name.
 *
 * @param key The model's key.
 * @returns Draws the values of a parameter.
 */
export function sampleParameter(key: Key): SampleParameter {
  return (spec) => draw(spec, fold(key, spec.name));
}

function draw({ shape, initial }: NamedParameterSpec, key: Key): Float32Array {
  const count = shape.reduce((product, length) => product * length, 1);
  switch (initial.kind) {
    case "constant":
      return new Float32Array(count).fill(initial.value);
    case "normal":
      return normal(key, count).map((x) => x * initial.standardDeviation);
    case "uniform":
      return uniform(key, count).map((u) => (2 * u - 1) * initial.limit);
  }
}
