/**
 * What a study of the place of the layer norms measures.
 * @module
 */
import type { Normalization } from "../../../models/layers/residual.ts";
import type { Training } from "../../training/training.ts";
import type { GradientHistory, PlaceNorms } from "../place_norms.ts";
import { entryNames } from "../../core/stage.ts";

/** Norms of one stack, for several draws of all weights. */
export interface InitialNorms {
  /** `encoder` or `decoder`, or empty where there is one stack. */
  readonly stack: string;
  /** How many layers: place 0 is what enters. */
  readonly layers: number;
  /** One for each draw. */
  readonly draws: readonly PlaceNorms[];
}

/** Singular values of dx_l / dx_{l-1}. */
export interface LayerJacobian {
  /** 1 for the first. */
  readonly layer: number;
  /** How much a change can grow. */
  readonly largest: number;
  /** How much it can shrink. */
  readonly smallest: number;
  /** How much it can shrink outside of the directions that a layer norm on the path takes away. */
  readonly smallestKept: number;
  /** The greatest difference from the derivation by the chain rule, over the largest singular value. */
  readonly derivationError: number;
}

/** How a learning rate is searched: without warm-up, with one, or with many more updates and a long one. */
export type RateSearch = "cold" | "warmUp" | "patient";

/** The largest learning rate with which a model learns, by one search. */
export interface StableRate {
  /** How it was searched. */
  readonly search: RateSearch;
  /** Updates of each attempt. */
  readonly steps: number;
  /** Updates of the warm-up among them. */
  readonly warmUp: number;
  /** The largest and the smallest rate that would be tried. */
  readonly range: readonly [number, number];
  /** The largest rate with which the model learns; 0 where there is none. */
  readonly stable: number;
  /** The next larger rate that was tried, with which it does not; absent where there is none. */
  readonly unstable?: number;
  /** What the last updates of an attempt with `stable` cost, in nats per character; absent where there is none. */
  readonly loss?: number;
}

/** One training of a study. */
export interface TrainedRun {
  /** How it went. */
  readonly training: Training;
  /** Norms of each stack. */
  readonly gradients: readonly GradientHistory[];
  /** Nats per character. */
  readonly testLoss: number;
}

/** A kind of model, trained from several seeds. */
export interface TrainedKind {
  /** Such as `prenorm-deep`. */
  readonly kind: string;
  /** Where its layer norms stand. */
  readonly normalization: Normalization;
  /** How many. */
  readonly layers: number;
  /** One for each seed. */
  readonly runs: readonly TrainedRun[];
}

/** An untrained kind of model. */
export interface InitialKind {
  /** Where its layer norms stand. */
  readonly normalization: Normalization;
  /** How many, of each stack. */
  readonly layers: number;
  /** Stacks of the model: one of a causal model, two of an encoder-decoder. */
  readonly stacks: readonly InitialNorms[];
}

/** The derivatives of the layers of an untrained kind of model. */
export interface JacobianKind {
  /** Where its layer norms stand. */
  readonly normalization: Normalization;
  /** Derivatives of all layers and draws. */
  readonly jacobians: readonly LayerJacobian[];
}

/** How large a learning rate a kind of model bears. */
export interface StableKind {
  /** Such as `prenorm-deep`. */
  readonly kind: string;
  /** By search; there is a patient one only where the others found no rate. */
  readonly rates: readonly StableRate[];
}

/** Everything that a study of where the layer norms stand measures. */
export interface NormStudy {
  /** Four kinds of models, trained. */
  readonly trained: readonly TrainedKind[];
  /** Untrained models of many depths. */
  readonly untrained: readonly InitialKind[];
  /** Derivatives of layers. */
  readonly derivatives: readonly JacobianKind[];
  /** Largest stable learning rates. */
  readonly stability: readonly StableKind[];
}

/** Names of the entries of `NormStudy`. */
export const normStudy: readonly (keyof NormStudy)[] = entryNames<NormStudy>({
  trained: true,
  untrained: true,
  derivatives: true,
  stability: true,
});
