/**
 * What is found of one of several games on images.
 * @module
 */
import type { Training } from "../../training/training.ts";
import type { GeneratorQuality } from "../evaluate_samples.ts";
import type { GanArchitecture } from "../gan_settings.ts";

/** A trained game and its numbers. */
export interface GanCase {
  /** What sets it apart. */
  readonly title: string;
  /** What the players are made of. */
  readonly architecture: GanArchitecture;
  /** Passes over the training images. */
  readonly epochs: number;
  /** Numbers that the generator and the discriminator learn. */
  readonly parameters: number;
  /** How it went. */
  readonly training: Training;
  /** Measures of samples at the end. */
  readonly quality: GeneratorQuality;
  /** Samples as bytes, [36, pixel], none chosen. */
  readonly images: Uint8Array;
}
