/**
 * The stage that builds a linear model and draws the data that it is to learn.
 * @module
 */
import {
  createLinearGaussian,
  type LinearGaussian,
} from "../../../models/linear_gaussian.ts";
import type { Owned } from "../../../models/parameters/parameters.ts";
import { fold, type Key } from "../../core/random/key.ts";
import { normal } from "../../core/random/normal.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { Vectors } from "./vectors.ts";
import { sampleParameter } from "../../training/sample_parameter.ts";
import { count } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";

/** Numbers of an observed vector. */
const OBSERVED = 6;
/** Numbers of a latent vector. */
const LATENT = 2;
/** Standard deviation of the noise of the data. */
const NOISE = 0.5;

/** What the linear model learns from. */
export interface LinearRequest {
  /** Vectors that the linear model learns. */
  readonly linearVectors: number;
}

/** The setting of `LinearRequest`, with its default and rule. */
export const linearRequest: Flags<LinearRequest> = {
  linearVectors: count(500, "vectors that the linear model learns", {
    smoke: 100,
  }),
};

/** Draws vectors from a linear model with other weights, and builds the model that is to learn them. */
export const buildLinearGaussian: Stage<
  Partial<LinearRequest>,
  { readonly linear: Owned<LinearGaussian>; readonly vectors: Vectors }
> = stage("build-linear", {
  needs: [],
  settings: linearRequest,
  adds: {
    linear: "linear model with two latents, with variables of its own",
    vectors: "vectors of six numbers, drawn from such a model",
  },
}, ({ linearVectors }, { key }) => ({
  linear: createLinearGaussian(
    OBSERVED,
    LATENT,
    sampleParameter(fold(key, "model")),
  ),
  vectors: drawVectors(linearVectors, fold(key, "data")),
}));

/** x = W z + noise, with W drawn once. */
function drawVectors(count: number, key: Key): Vectors {
  const weight = normal(fold(key, "weight"), OBSERVED * LATENT);
  const latents = normal(fold(key, "latents"), count * LATENT);
  const noise = normal(fold(key, "noise"), count * OBSERVED);
  const values = noise.map((x, at) => {
    const [vector, i] = [Math.floor(at / OBSERVED), at % OBSERVED];
    let value = NOISE * x;
    for (let j = 0; j < LATENT; j++) {
      value += weight[i * LATENT + j]! * latents[vector * LATENT + j]!; // i < OBSERVED, j < LATENT
    }
    return value;
  });
  return { values, count, length: OBSERVED };
}
