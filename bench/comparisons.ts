/**
 * What is compared with what.
 * @module
 */
import type { Command } from "./contestant.ts";
import { handOver, requestFile, weightsFile } from "./hand_over.ts";
import { type TranslatorKind, WRITTEN } from "./work/translating.ts";

/** Several programs that do one piece of work. */
export interface Comparison {
  readonly work: string;
  /** What a time is for, such as ms per step. */
  readonly unit: "step" | "image" | "sentence";
  /** How large our time over that of the fastest rival without a limit of its own may be. */
  readonly atMost: number;
  /** Our settings, the plain one first. */
  readonly ours: readonly Command[];
  readonly rivals: readonly Rival[];
  /** The rival whose memory is compared with that of our plain setting. */
  readonly memory?: Command;
  /** Makes what rivals need, until it is disposed of. */
  readonly prepare?: () => Promise<AsyncDisposable>;
}

/** What we are compared with. */
export interface Rival {
  readonly command: Command;
  /** Whether it is no peer but a limit of our time, such as its matrix products alone. */
  readonly isBound?: boolean;
  /** How large our time over that of a bound may be; it is reported alone unless given. */
  readonly atMost?: number;
}

/** All comparisons, with the Python that has PyTorch and JAX. */
export function comparisons(python: string): readonly Comparison[] {
  const peer = (
    name: string,
    file: string,
    ...args: readonly string[]
  ): Rival => ({
    command: {
      name,
      program: python,
      args: [pathOf(`peers/${file}`), ...args],
    },
  });
  const pytorch = (file: string, ...args: readonly string[]) => [
    peer("PyTorch", `${file}.py`, ...args, "eager"),
    peer("torch.compile", `${file}.py`, ...args, "compiled"),
  ];
  const jax = (work: string) => [
    peer("JAX, 1 thread", "jax_training.py", work, "1"),
    peer("JAX, 2 threads", "jax_training.py", work, "2"),
  ];
  const itsProducts = (work: string, stepsPerCall: number): Rival => ({
    command: { ...ours(work, stepsPerCall), name: "its matrix products" },
    isBound: true,
  });
  const transformer = (work: string, layers: number, width: number) => ({
    work: `transformer, ${layers} layers of width ${width}, 16 x 64 tokens`,
    unit: "step",
    atMost: 0.9,
    ours: [
      ours(work, 1),
      ours(work, 10),
      deno("batches in halves", "ours.ts", `${work}-halves`, "2"),
    ],
    rivals: [
      itsProducts(`${work}-products`, 10),
      ...pytorch("transformer", `${layers}`, `${width}`),
      ...jax(`transformer-${layers}-${width}`),
    ],
  } as const);
  const decoding = (
    model: string,
    kind: TranslatorKind,
    beams: number,
  ): Comparison => {
    const name = `${kind}-${beams}`;
    return {
      work: `decoding, ${model}, beam ${beams}, ${WRITTEN} tokens`,
      unit: "sentence",
      atMost: 0.5,
      ours: [deno(name, "ours.ts", name, "2")],
      rivals: [
        peer(
          "a loop in PyTorch",
          "translations.py",
          weightsFile(name),
          requestFile(name),
        ),
      ],
      prepare: () => handOver(name, kind, beams),
    };
  };
  return [
    {
      work: "VAE 784-500-20-500-784, batch 128",
      unit: "step",
      atMost: 0.9,
      ours: [ours("vae", 1), ours("vae", 8), ours("vae", 32)],
      rivals: [
        { ...itsProducts("vae-products", 8), atMost: 1.5 },
        ...pytorch("vae"),
        ...jax("vae"),
        { command: deno("jax-js", "peers/jax_js.ts") },
        { command: deno("tfjs wasm", "peers/tfjs.ts", "wasm") },
        { command: deno("tfjs cpu", "peers/tfjs.ts", "cpu") },
      ],
    },
    {
      work: "convolutional VAE, 32 and 64 channels, batch 64",
      unit: "step",
      atMost: 0.75,
      ours: [ours("conv-vae", 1), ours("conv-vae", 10)],
      rivals: pytorch("conv_vae"),
    },
    {
      work: "U-Net of 0.48 M parameters, batch 64",
      unit: "step",
      atMost: 1,
      ours: [ours("unet", 1)],
      rivals: pytorch("unet", "train"),
    },
    {
      work: "guided sampling of 64 images by the U-Net",
      unit: "step",
      atMost: 0.8,
      ours: [ours("guided-sampling", 1)],
      rivals: pytorch("unet", "sample"),
    },
    transformer("transformer", 4, 128),
    transformer("deep-transformer", 12, 64),
    {
      work: "translator with GRUs, 64 x 16 words",
      unit: "step",
      atMost: 0.8,
      ours: [ours("translator", 1), ours("translator", 10)],
      rivals: [
        itsProducts("translator-products", 10),
        ...pytorch("translator"),
      ],
    },
    {
      work: "transformer of 50 M parameters, 16 x 64 tokens",
      unit: "step",
      atMost: 0.9,
      ours: [ours("big-transformer", 1)],
      rivals: [
        itsProducts("big-transformer-products", 1),
        ...pytorch("transformer", "16", "512"),
      ],
      memory: peer("PyTorch", "transformer.py", "16", "512", "single").command,
    },
    decoding("GRU with attention", "gru", 5),
    decoding("transformer", "transformer", 5),
    decoding("transformer", "transformer", 1),
    {
      work: "GAN, both players, batch 128",
      unit: "step",
      atMost: 0.8,
      ours: [ours("gan", 1), ours("gan", 10)],
      rivals: [
        itsProducts("gan-products", 10),
        ...pytorch("gan"),
        ...jax("gan"),
      ],
    },
    {
      work: "flow, 10 couplings, batch 64",
      unit: "step",
      atMost: 0.8,
      ours: [ours("flow", 1)],
      rivals: pytorch("flow"),
    },
    {
      work: "log p(x), 5,000 samples, latents of length 20",
      unit: "image",
      atMost: 0.9,
      ours: [ours("log-likelihood", 1)],
      rivals: [
        itsProducts("decoder-products", 1),
        peer("PyTorch", "log_likelihood.py"),
      ],
    },
  ];
}

/** Works that are measured beside a busy process, by how they begin. */
const BUSY = ["VAE", "convolutional VAE", "transformer, 4 layers"];

/** How large our time over that of the fastest peer may be beside a busy process. */
export const BUSY_AT_MOST = 1.3;

/** Few of the comparisons, with PyTorch and JAX alone: how threads wait for each other decides beside a busy process. */
export function busyComparisons(python: string): readonly Comparison[] {
  return comparisons(python)
    .filter(({ work }) => BUSY.some((begin) => work.startsWith(begin)))
    .map(({ rivals, ...comparison }) => ({
      ...comparison,
      atMost: BUSY_AT_MOST,
      rivals: rivals.filter(({ command }) => command.program === python),
    }));
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
