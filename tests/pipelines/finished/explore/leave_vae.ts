/**
 * Finished runs of VAEs for tests of what explores them.
 * @module
 */
import { createConvVae } from "../../../../models/conv_vae.ts";
import { createVae, type Vae } from "../../../../models/vae.ts";
import type { Owned } from "../../../../models/parameters/parameters.ts";
import type { Json } from "../../../../pipelines/core/context.ts";
import { keyFrom } from "../../../../pipelines/core/random/key.ts";
import {
  readRecord,
  writeRecord,
} from "../../../../pipelines/core/run/run_record.ts";
import { sampleParameter } from "../../../../pipelines/training/sample_parameter.ts";
import { leave } from "../leave_run.ts";

/** A VAE and the folder of its run. */
export interface LeftVae extends Disposable {
  readonly folder: string;
  readonly vae: Owned<Vae>;
}

/** Leaves a run of convolutions with random weights. */
export async function leaveConvVae(
  { side, channels }: { readonly side: number; readonly channels: number },
): Promise<LeftVae> {
  const sizes = { latent: 3, initialization: "fan-in" } as const; // biases that are not zero
  const vae = createConvVae(
    { side, channels: [channels, 2 * channels], ...sizes },
    sampleParameter(keyFrom(2)),
  );
  const told = { rows: String(side), columns: String(side) };
  const folder = await leave({ ...sizes, channels }, vae.variables, told);
  return owned(folder, vae);
}

/** Leaves a run with random weights. */
export async function leaveVae(
  {
    side,
    hidden,
    encoder = "tanh",
    decoder = "tanh",
    data = "digits",
    facts = {},
  }: {
    readonly side: number;
    readonly hidden: readonly number[];
    readonly encoder?: "tanh" | "relu" | "softplus" | "gelu";
    readonly decoder?: "tanh" | "relu" | "softplus" | "gelu";
    readonly data?: string;
    readonly facts?: Readonly<Record<string, Json>>;
  },
): Promise<LeftVae> {
  const sizes = { latent: 3, hidden, initialization: "fan-in" } as const;
  const activation = { encoder, decoder };
  const draw = sampleParameter(keyFrom(5));
  const vae = createVae({ ...sizes, activation, pixels: side ** 2 }, draw);
  const config = {
    ...sizes,
    encoderActivation: encoder,
    decoderActivation: decoder,
    data,
  };
  const told = { rows: String(side), columns: String(side) };
  const folder = await leave(config, vae.variables, told);
  writeRecord(folder, { ...await readRecord(folder), facts });
  return owned(folder, vae);
}

function owned(folder: string, vae: Owned<Vae>): LeftVae {
  return {
    folder,
    vae,
    [Symbol.dispose]() {
      vae[Symbol.dispose]();
      Deno.removeSync(folder, { recursive: true });
    },
  };
}
