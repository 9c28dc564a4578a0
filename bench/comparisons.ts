/**
 * What is compared with what.
 * @module
 */
import type { Command } from "./contestant.ts";

/** Several programs that do one piece of work. */
export interface Comparison {
  readonly work: string;
  /** What a time is for: ms per step, or ms per image. */
  readonly unit: "step" | "image";
  /** Our settings, the plain one first. */
  readonly ours: readonly Command[];
  readonly rivals: readonly Rival[];
}

/** What we are compared with. */
export interface Rival {
  readonly command: Command;
  /** How large our time over its time may be; where there is no limit, it is only reported. */
  readonly atMost?: number;
}

/** All comparisons, with the Python that has PyTorch. */
export function comparisons(python: string): readonly Comparison[] {
  const pytorch = (
    peer: string,
    atMost: number,
    ...args: readonly string[]
  ): Rival => ({
    command: {
      name: "PyTorch",
      program: python,
      args: [pathOf(`peers/${peer}.py`), ...args],
    },
    atMost,
  });
  return [
    {
      work: "VAE 784-500-20-500-784, batch 128",
      unit: "step",
      ours: [ours("vae", 1), ours("vae", 8), ours("vae", 32)],
      rivals: [
        {
          command: { ...ours("products", 8), name: "its matrix products" },
          atMost: 1.5,
        },
        pytorch("vae", 0.8),
        { command: deno("jax-js", "peers/jax_js.ts") },
        { command: deno("tfjs wasm", "peers/tfjs.ts", "wasm") },
        { command: deno("tfjs cpu", "peers/tfjs.ts", "cpu") },
      ],
    },
    {
      work: "convolutional VAE, 32 and 64 channels, batch 64",
      unit: "step",
      ours: [ours("conv-vae", 1), ours("conv-vae", 10)],
      rivals: [pytorch("conv_vae", 0.9)],
    },
    {
      work: "transformer, 4 layers of width 128, 16 x 64 tokens",
      unit: "step",
      ours: [ours("transformer", 1), ours("transformer", 10)],
      rivals: [pytorch("transformer", 0.8, "4", "128")],
    },
    {
      work: "transformer, 12 layers of width 64, 16 x 64 tokens",
      unit: "step",
      ours: [ours("deep-transformer", 1), ours("deep-transformer", 10)],
      rivals: [pytorch("transformer", 0.8, "12", "64")],
    },
    {
      work: "log p(x), 5,000 samples, latents of length 20",
      unit: "image",
      ours: [ours("log-likelihood", 1)],
      rivals: [pytorch("log_likelihood", 0.6)],
    },
  ];
}

/** Our side of a comparison, at two threads. */
function ours(work: string, stepsPerCall: number): Command {
  const steps = stepsPerCall === 1
    ? "1 step per call"
    : `${stepsPerCall} steps per call`;
  return deno(steps, "ours.ts", work, "2", `${stepsPerCall}`);
}

/** A program of this folder. */
export function deno(
  name: string,
  file: string,
  ...args: readonly string[]
): Command {
  const flags = ["run", "-q", "-P=bench", "--no-prompt"];
  return {
    name,
    program: Deno.execPath(),
    args: [...flags, pathOf(file), ...args],
  };
}

function pathOf(file: string): string {
  return `${import.meta.dirname}/${file}`;
}
