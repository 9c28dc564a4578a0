/**
 * A model as the battery sees it.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { Player } from "../../../models/adversarial/network.ts";
import type {
  Proposal,
  WithMean,
} from "../../../models/distributions/distribution.ts";
import { iwaeBound } from "../../../models/objectives/iwae_bound.ts";
import type { ImportanceModel } from "../../../models/objectives/latent_variable_model.ts";
import { logWeights } from "../../../models/objectives/log_weights.ts";
import {
  type Bound,
  createParameters,
  type Owned,
  type SampleParameter,
} from "../../../models/parameters/parameters.ts";

/** Tensors by name. */
export type Tensors = Readonly<Record<string, tf.Tensor>>;

/** A model with variables, seen as a function of its inputs. */
export interface Subject extends Disposable {
  /** What is trained, saved and loaded. */
  readonly variables: Owned<object>["variables"];
  /** What is saved and loaded besides, and moved by training; none unless given. */
  readonly state?: Owned<object>["variables"];
  /** What the model makes of its inputs; each is [batch, ...] or a number for each item. */
  readonly outputs: (inputs: Tensors) => Tensors;
}

/** A family, as the battery sees it. */
export interface Family {
  /** What to call it. */
  readonly name: string;
  /** Creates a small model. */
  readonly create: (draw: SampleParameter) => Subject;
  /** What it is given. */
  readonly inputs: () => Tensors;
  /** What it must make of them. */
  readonly shapes: Readonly<Record<string, readonly number[]>>;
}

/** A model with variables, as a function of its inputs. */
export function subject(
  model: Owned<object>,
  outputs: (inputs: Tensors) => Tensors,
): Subject {
  const { variables } = model;
  return {
    variables,
    outputs,
    [Symbol.dispose]: () => model[Symbol.dispose](),
  };
}

/** A model that is a function of its parameters. */
export function ofSpecs<const Specs extends object>(
  { specs, draw }: { readonly specs: Specs; readonly draw: SampleParameter },
  outputs: (inputs: Tensors, parameters: Bound<Specs>) => Tensors,
): Subject {
  const { tree, variables, [Symbol.dispose]: dispose } = createParameters(
    specs,
    draw,
  );
  return {
    variables,
    outputs: (inputs) => outputs(inputs, tree),
    [Symbol.dispose]: dispose,
  };
}

/** A player of an adversarial game, in training and in evaluation. */
export function ofPlayer(player: Player): Subject {
  const { state } = player;
  const seen = subject(player, ({ x }) => {
    const vectors = x!.as2D(3, -1);
    return {
      trained: player.train(vectors, state).y,
      evaluated: player.evaluate(vectors),
    };
  });
  return { ...seen, state };
}

/** A model with latents, by its importance weighted bound. */
export function ofBound(
  model: Owned<
    Omit<ImportanceModel, "encode"> & {
      readonly encode: (images: tf.Tensor2D) => Proposal & WithMean;
    }
  >,
): Subject {
  return subject(model, ({ images, noise }) => {
    const seen = images!.as2D(2, -1);
    const samples = noise!.reshape<tf.Tensor3D>([3, 2, -1]);
    return {
      bound: iwaeBound(logWeights(model, seen, samples)),
      latents: model.encode(seen).mean,
    };
  });
}

/** Draws variances, which are part of a state, as positive numbers. */
export function positive(draw: SampleParameter): SampleParameter {
  return (spec) =>
    spec.name.endsWith("variance")
      ? draw(spec).map((value) => 0.5 + value ** 2)
      : draw(spec);
}
