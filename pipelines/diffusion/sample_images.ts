/**
 * Images drawn from a diffusion model.
 * @module
 */
import { checkChoice } from "../../compile/check_choice.ts";
import { guide, neededBy } from "../../models/diffusion/guidance.ts";
import { runSampler, type Visit } from "../../models/samplers/run_sampler.ts";
import type { Sampler } from "../../models/samplers/sampler.ts";
import type { SamplingGrid } from "../../models/samplers/sampling_grid.ts";
import type { RunContext } from "../core/context.ts";
import { inFlight, together } from "../core/in_flight.ts";
import { fold, type Key } from "../core/random/key.ts";
import { normal } from "../core/random/normal.ts";
import type { Denoiser } from "./compile_denoiser.ts";
import { type DenoisingModel, repeated, rowsOf } from "./denoising_model.ts";

/** What is asked of a model that is drawn from. */
export type SampledModel = Pick<
  DenoisingModel,
  "prediction" | "length" | "values" | "conditionWidth" | "none"
>;

/** What to draw, and how. */
export interface DrawRequest {
  /** The method. */
  readonly sampler: Sampler;
  /** Nodes of the sampler. */
  readonly grid: SamplingGrid;
  /** What each image is to be, such as its class, [count * conditionWidth]. */
  readonly conditions: ArrayLike<number>;
  /** What to lead away from, [conditionWidth]: nothing in particular unless given. */
  readonly negative?: ArrayLike<number>;
  /** Part of the visits, from the first, that lead away from it; the others from nothing in particular. 1 unless given. */
  readonly negativePart?: number;
  /** How strongly the conditions guide; 1 unless given. */
  readonly guidance?: number;
  /** The range of pixels that estimates are clipped to inside each step; `pixels` unless given or there are none. */
  readonly clip?: "pixels" | "none";
  /** Standard deviation of the start; that of noise at the first node unless given. */
  readonly startScale?: number;
  /** Decides the start and the noise of each image, whatever others are drawn beside it. */
  readonly key: Key;
  /**
   * Is told each place that is visited, by the first of its images, and what the network predicts there; batches of
   * the denoiser are then drawn one after the other, instead of some smaller ones side by side.
   */
  readonly watch?: (
    visit: Visit,
    first: number,
    output: ArrayLike<number>,
  ) => void;
}

/**
 * Draws images. An image depends on the key, its own index and its condition, not on the batch it is drawn in.
 *
 * @param model The model.
 * @param denoiser Its network.
 * @param request What to draw.
 * @param context Ends between two calls of the network when the run is aborted, and shows progress.
 * @returns From -1 to 1 and a little beyond, [image, pixel].
 * @throws {RangeError} If a part of the request breaks its rule, before the network is called.
 */
export async function sampleImages(
  model: SampledModel,
  denoiser: Denoiser,
  request: DrawRequest,
  { signal, progress }: Pick<RunContext, "signal" | "progress">,
): Promise<Float32Array<ArrayBuffer>> {
  const { length: pixels, conditionWidth } = model;
  const { conditions, guidance = 1, negativePart = 1 } = request;
  const count = conditions.length / conditionWidth;
  const clip = request.clip ?? (model.values === "bytes" ? "pixels" : "none");
  const asked = { ...request, clip, guidance, negativePart };
  checkRequest(asked, conditionWidth);
  const images = new Float32Array(count * pixels);
  const isWatched = request.watch !== undefined;
  const size = isWatched ? denoiser.batch : denoiser.together;
  const blocks = Math.ceil(count / size);
  let visited = 0; // by all blocks
  const drawn = inFlight(
    Array.from({ length: blocks }, (_, i) => i * size),
    isWatched ? 0 : denoiser.sideBySide - 1,
    async (first) => {
      const block = { first, size: Math.min(size, count - first) };
      const drawing = drawBlock(model, denoiser, asked, block);
      let state = await drawing.next();
      for (; !state.done; state = await drawing.next()) {
        progress.update({
          step: ++visited,
          steps: blocks * state.value.visits,
          items: block.size,
          unit: "images",
          values: {},
        });
        signal.throwIfAborted();
      }
      images.set(state.value, first * pixels);
    },
  );
  signal.throwIfAborted();
  await Array.fromAsync(drawn);
  return images;
}

/** A request in which nothing is left out that has a value of its own. */
type FilledRequest =
  & DrawRequest
  & Required<Pick<DrawRequest, "clip" | "guidance" | "negativePart">>;

/** Draws consecutive images side by side: yields each place that was visited, and returns the images. */
async function* drawBlock(
  model: SampledModel,
  denoiser: Denoiser,
  request: FilledRequest,
  { first, size }: { readonly first: number; readonly size: number },
): AsyncGenerator<Visit, Float64Array, undefined> {
  const { prediction, length: pixels, conditionWidth } = model;
  const { sampler, grid, clip, guidance, negativePart } = request;
  const negative = request.negative ?? model.none;
  const scale = request.startScale ?? grid.nodes[0]!.spread; // a grid has nodes
  const needed = neededBy(guidance);
  const wanted = rowsOf(request.conditions, conditionWidth, first, size);
  const draw = (name: string | number) =>
    drawEach(fold(request.key, name), first, size, pixels);
  const call = ({ x, node }: Visit, told: ArrayLike<number>) =>
    denoiser.predict(x, Array(size).fill(node.timestep), told);
  const run = runSampler(
    sampler,
    grid,
    draw("start").map((z) => z * scale),
    {
      prediction,
      clip: clip === "none" ? "none" : [-1, 1],
      noise: draw,
    },
  );
  let state = run.next([]);
  while (!state.done) {
    const visit = state.value;
    const isEarly = visit.visit < negativePart * visit.visits;
    const away = () =>
      call(visit, repeated(isEarly ? negative : model.none, size));
    const output = needed === "prompt"
      ? await call(visit, wanted)
      : needed === "negative"
      ? await away()
      : guide(
        ...await together([call(visit, wanted), away()]),
        guidance,
      );
    request.watch?.(visit, first, output);
    yield visit;
    state = run.next(output);
  }
  return state.value;
}

/** @throws {RangeError} If a part of a request, with what was left out filled in, breaks its rule. */
function checkRequest(
  { conditions, negative, clip, guidance, negativePart }: FilledRequest,
  conditionWidth: number,
): void {
  checkChoice("clip", clip, ["pixels", "none"]);
  if (!Number.isFinite(guidance)) {
    throw new RangeError(
      `Expected guidance to be finite but found ${guidance}`,
    );
  }
  if (!(negativePart >= 0 && negativePart <= 1)) {
    throw new RangeError(
      `Expected negativePart to be from 0 to 1 but found ${negativePart}`,
    );
  }
  const width = negative?.length ?? conditionWidth;
  if (conditions.length % conditionWidth !== 0 || width !== conditionWidth) {
    throw new RangeError(
      `Expected ${conditionWidth} numbers for each condition but found ${conditions.length} for all and ${width} for negative`,
    );
  }
}

/** Noise of consecutive images, each from its own key. */
function drawEach(
  key: Key,
  first: number,
  size: number,
  pixels: number,
): Float64Array {
  const noise = new Float64Array(size * pixels);
  for (let i = 0; i < size; i++) {
    noise.set(normal(fold(key, first + i), pixels), i * pixels);
  }
  return noise;
}

/** Images from -1 to 1 as bytes, 0 (paper) to 255 (ink); what lies beyond is clipped. */
export function toBytes(
  images: ArrayLike<number>,
): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    images,
    (value) => Math.min(255, Math.max(0, Math.round((value + 1) * 127.5))),
  );
}

/** Images from -1 to 1 as grey values in [0, 1], from white paper to black ink. */
export function toGrey(images: ArrayLike<number>): Float32Array {
  return Float32Array.from(
    images,
    (value) => Math.min(1, Math.max(0, (1 - value) / 2)),
  );
}
