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
 * @returns Draws the values of a parameter; a RangeError names one that does not fit into memory.
 */
export function sampleParameter(key: Key): SampleParameter {
  return (spec) => {
    try {
      return draw(spec, fold(key, spec.name));
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      throw new RangeError(
        `Expected memory for the ${
          sizeOf(spec).toLocaleString("en")
        } numbers of "${spec.name}" [${
          spec.shape.join(", ")
        }] but there is too little`,
        { cause },
      );
    }
  };
}

function sizeOf({ shape }: NamedParameterSpec): number {
  return shape.reduce((product, length) => product * length, 1);
}

function draw(spec: NamedParameterSpec, key: Key): Float32Array {
  const { initial } = spec;
  const count = sizeOf(spec);
  switch (initial.kind) {
    case "constant":
      return new Float32Array(count).fill(initial.value);
    case "normal":
      return normal(key, count).map((x) => x * initial.standardDeviation);
    case "uniform":
      return uniform(key, count).map((u) => (2 * u - 1) * initial.limit);
  }
}
