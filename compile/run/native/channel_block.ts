/**
 * How ONNX Runtime's own convolutions for the processor arrange channels.
 * @module
 */
import { Graph } from "../../graph/graph.ts";
import { blockedConvolve } from "../../lower/blocked/blocked_convolution.ts";
import { blockedMean } from "../../lower/blocked/blocked_mean.ts";
import { buildGraph } from "../../onnx/build.ts";
import { encode } from "../../onnx/encode.ts";
import type { NativeRuntime } from "./runtime.ts";

/** Numbers of a vector register: with AVX-512, and with AVX. */
const BLOCKS = [16, 8] as const;

const known = new WeakMap<NativeRuntime, Promise<number | undefined>>();

/**
 * Finds how many channels make a block: the size with which a small convolution, and means, come out right.
 *
 * The operations on blocks are ONNX Runtime's internal ones, so that neither their being there nor their order of
 * numbers is promised for the next version or processor. Hence they are tried before they are used.
 *
 * @returns Nothing where no size does: convolutions are then products over windows.
 */
export function channelBlock(
  runtime: NativeRuntime,
): Promise<number | undefined> {
  const found = known.get(runtime) ?? tryBlocks(runtime);
  known.set(runtime, found);
  return found;
}

async function tryBlocks(runtime: NativeRuntime): Promise<number | undefined> {
  for (const block of BLOCKS) {
    if (await isRight(runtime, block).catch(() => false)) return block;
  }
  return undefined;
}

const [HEIGHT, WIDTH, SIDE] = [3, 4, 3] as const;

/**
 * Convolves two blocks of channels to two, with whole numbers, whose sums are exact in any order, and takes means over
 * four pixels.
 */
async function isRight(
  runtime: NativeRuntime,
  block: number,
): Promise<boolean> {
  const channels = 2 * block;
  const shapes = {
    images: [1, HEIGHT, WIDTH, channels],
    filter: [SIDE, SIDE, channels, channels],
  };
  const graph = new Graph("checked", block);
  const images = graph.placeholder("images", shapes.images, "float32");
  const filter = graph.placeholder("filter", shapes.filter, "float32");
  const sliding = {
    batchSize: 1,
    inHeight: HEIGHT,
    inWidth: WIDTH,
    inChannels: channels,
    strideHeight: 1,
    strideWidth: 1,
    dilationHeight: 1,
    dilationWidth: 1,
  };
  const result = blockedConvolve(graph, images, filter, {
    ...sliding,
    outHeight: HEIGHT,
    outWidth: WIDTH,
    filterHeight: SIDE,
    filterWidth: SIDE,
    padInfo: { top: 1, bottom: 1, left: 1, right: 1 },
  }, block);
  const means = blockedMean(graph, images, {
    ...sliding,
    outHeight: HEIGHT - 1,
    outWidth: WIDTH - 1,
    filterHeight: 2,
    filterWidth: 2,
    padInfo: { top: 0, bottom: 0, left: 0, right: 0 },
  }, block);
  const outputs = new Map([["result", result], ["means", means]]);
  const model = encode({ graph: buildGraph(outputs) });
  using session = await runtime.session(model, 1);
  const x = digits(HEIGHT * WIDTH * channels, 7);
  const w = digits(SIDE * SIDE * channels * channels, 5);
  const y = new Float32Array(HEIGHT * WIDTH * channels);
  using fed = runtime.tensor(x, shapes.images, "float32");
  using weights = runtime.tensor(w, shapes.filter, "float32");
  using fetched = runtime.tensor(y, shapes.images, "float32");
  const z = new Float32Array((HEIGHT - 1) * (WIDTH - 1) * channels);
  using mean = runtime.tensor(z, means.shape, "float32");
  const feeds = { images: fed, filter: weights };
  await session.run(feeds, { result: fetched, means: mean });
  return convolve(x, w, channels).every((number, i) => number === y[i]) &&
    z.every((number, i) => number === meanOfFour(x, i, channels));
}

/** The i-th mean over 2 x 2 pixels, [HEIGHT - 1, WIDTH - 1, channels]. */
function meanOfFour(x: Float32Array, i: number, channels: number): number {
  const row = Math.floor(i / ((WIDTH - 1) * channels));
  const from = i + row * channels; // rows of the means are shorter by a pixel
  const [right, down] = [channels, WIDTH * channels];
  const all = [0, right, down, down + right];
  return all.reduce((sum, to) => sum + x[from + to]!, 0) / 4; // within the image
}

/** Whole numbers from -4 to 4 in no short order: a linear congruential generator modulo the prime 65,537. */
function digits(count: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (state * 75 + 74) % 65537;
    return state % 9 - 4;
  });
}

/** The definition: [HEIGHT, WIDTH, channels] with zeros around. */
function convolve(
  x: Float32Array,
  w: Float32Array,
  channels: number,
): Float32Array {
  const y = new Float32Array(x.length);
  for (let row = 0; row < HEIGHT; row++) {
    for (let column = 0; column < WIDTH; column++) {
      for (let place = 0; place < SIDE * SIDE; place++) {
        const down = row + Math.floor(place / SIDE) - 1;
        const across = column + place % SIDE - 1;
        if (down < 0 || down >= HEIGHT) continue;
        if (across < 0 || across >= WIDTH) continue;
        for (let i = 0; i < channels; i++) {
          const pixel = x[(down * WIDTH + across) * channels + i]!; // within the image
          for (let o = 0; o < channels; o++) {
            y[(row * WIDTH + column) * channels + o]! += pixel *
              w[(place * channels + i) * channels + o]!; // within both
          }
        }
      }
    }
  }
  return y;
}
