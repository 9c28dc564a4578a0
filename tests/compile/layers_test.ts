import * as tf from "@tensorflow/tfjs";
import { assertRejects } from "@std/assert";
import { compile } from "../../compile/compile.ts";
import { CompileError } from "../../compile/compile_error.ts";
import { assertNear, EPSILON } from "./agreement.ts";

type Shape = [number, ...number[]];
/** A layer, and the shape of what it takes. */
type Row = readonly [make: () => tf.layers.Layer, shape: Shape];

const { layers } = tf;
const [sequence, image]: readonly Shape[] = [[2, 3, 4], [1, 6, 6, 2]];
const [vectors, volume]: readonly Shape[] = [[2, 4], [1, 4, 4, 4, 2]];
const first = "channelsFirst";
const same = "same";

/** Draws weights with a seed, so that a failure repeats. */
const kernelInitializer = tf.initializers.randomNormal({
  stddev: 0.5,
  seed: 7,
});

const ROWS: Readonly<Record<string, Row>> = {
  dense: [() => layers.dense({ units: 3, activation: "relu" }), vectors!],
  "dense of sequences": [() => layers.dense({ units: 3 }), sequence!],
  conv1d: [() => layers.conv1d({ filters: 3, kernelSize: 2 }), sequence!],
  conv2d: [
    () =>
      layers.conv2d({
        filters: 3,
        kernelSize: 3,
        strides: 2,
        padding: same,
        activation: "selu",
      }),
    image!,
  ],
  "conv2d, dilated": [
    () => layers.conv2d({ filters: 3, kernelSize: 2, dilationRate: 2 }),
    image!,
  ],
  "conv2d, channels first": [
    () => layers.conv2d({ filters: 3, kernelSize: 3, dataFormat: first }),
    [1, 2, 6, 6],
  ],
  conv2dTranspose: [
    () =>
      layers.conv2dTranspose({
        filters: 3,
        kernelSize: 3,
        strides: 2,
        padding: same,
      }),
    image!,
  ],
  conv3d: [() => layers.conv3d({ filters: 2, kernelSize: 2 }), volume!],
  conv3dTranspose: [
    () => layers.conv3dTranspose({ filters: 2, kernelSize: 2, strides: 2 }),
    volume!,
  ],
  depthwiseConv2d: [
    () => layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2 }),
    image!,
  ],
  "depthwiseConv2d, dilated": [
    () => layers.depthwiseConv2d({ kernelSize: 2, dilationRate: 2 }),
    image!,
  ],
  separableConv2d: [
    () => layers.separableConv2d({ filters: 3, kernelSize: 3 }),
    image!,
  ],
  upSampling2d: [() => layers.upSampling2d({ size: [2, 3] }), image!],
  "upSampling2d, bilinear": [
    () => layers.upSampling2d({ size: [2, 2], interpolation: "bilinear" }),
    image!,
  ],
  cropping2D: [
    () => layers.cropping2D({ cropping: [[1, 1], [1, 0]] }),
    image!,
  ],
  zeroPadding2d: [
    () => layers.zeroPadding2d({ padding: [[1, 2], [0, 1]] }),
    image!,
  ],
  maxPooling1d: [() => layers.maxPooling1d({ poolSize: 2 }), [2, 4, 3]],
  averagePooling1d: [
    () => layers.averagePooling1d({ poolSize: 2, padding: same }),
    [2, 3, 3],
  ],
  maxPooling2d: [() => layers.maxPooling2d({ poolSize: 2 }), image!],
  "averagePooling2d, channels first": [
    () =>
      layers.averagePooling2d({
        poolSize: 3,
        padding: same,
        strides: 2,
        dataFormat: first,
      }),
    [1, 2, 5, 5],
  ],
  maxPooling3d: [() => layers.maxPooling3d({ poolSize: 2 }), volume!],
  averagePooling3d: [() => layers.averagePooling3d({ poolSize: 2 }), volume!],
  globalMaxPooling2d: [() => layers.globalMaxPooling2d({}), image!],
  globalAveragePooling1d: [() => layers.globalAveragePooling1d({}), sequence!],
  batchNormalization: [() => layers.batchNormalization({}), vectors!],
  "batchNormalization without scale": [
    () => layers.batchNormalization({ scale: false }),
    image!,
  ],
  "batchNormalization without scale and shift": [
    () => layers.batchNormalization({ scale: false, center: false }),
    vectors!,
  ],
  layerNormalization: [() => layers.layerNormalization({}), sequence!],
  prelu: [() => layers.prelu({}), vectors!],
  thresholdedReLU: [() => layers.thresholdedReLU({ theta: 0.1 }), vectors!],
  reLU: [() => layers.reLU({ maxValue: 0.5 }), vectors!],
  gelu: [() => layers.activation({ activation: "gelu" }), vectors!],
  mish: [() => layers.activation({ activation: "mish" }), vectors!],
  softsign: [() => layers.activation({ activation: "softsign" }), vectors!],
  simpleRNN: [
    () => layers.simpleRNN({ units: 3, returnSequences: true }),
    sequence!,
  ],
  gru: [() => layers.gru({ units: 3, kernelInitializer }), sequence!],
  lstm: [
    () => layers.lstm({ units: 3, goBackwards: true, returnSequences: true }),
    sequence!,
  ],
  bidirectional: [
    () =>
      layers.bidirectional({
        layer: layers.lstm({ units: 3 }) as tf.RNN, // as its type asks
        mergeMode: "concat",
      }),
    sequence!,
  ],
  timeDistributed: [
    () => layers.timeDistributed({ layer: layers.dense({ units: 3 }) }),
    sequence!,
  ],
  convLstm2d: [
    () => layers.convLstm2d({ filters: 2, kernelSize: 2 }),
    [1, 2, 4, 4, 2],
  ],
};

for (const [name, [make, shape]] of Object.entries(ROWS)) {
  for (const training of [false, true]) {
    const phase = training ? "training" : "evaluation";
    Deno.test(`a layer ${name} in ${phase} compiles with its gradients to what tfjs computes`, async () => {
      const layer = make();
      layer.apply(tf.zeros(shape)); // makes its weights
      const weights = layer.trainableWeights.map((weight) =>
        weight.read() as tf.Variable // a layer's weight reads as its variable
      );
      const step = ({ x }: { readonly x: tf.Tensor }) => {
        const loss = (x: tf.Tensor) => {
          const output = [layer.apply(x, { training })].flat()[0] as tf.Tensor; // one input, one output
          return output.square().sum().asScalar();
        };
        const gradients = tf.grads((...all: tf.Tensor[]) => loss(all[0]!))([
          x,
          ...weights,
        ]);
        return Object.fromEntries([
          ["loss", loss(x)] as const,
          ...gradients.map((gradient, i) => [`${i}`, gradient] as const),
        ]);
      };
      const size = shape.reduce((a, b) => a * b);
      const x = Float32Array.from(
        { length: size },
        (_, i) => Math.sin(1.3 * i),
      );
      const results = [];
      for (const device of ["tfjs", "cpu"] as const) {
        using ready = await compile(step, { inputs: { x: { shape } }, device });
        results.push(await ready.run({ x }));
      }
      const [eager, compiled] = results;
      for (const [key, { data }] of Object.entries(eager!)) { // two devices
        // Sums of up to 100 terms, each below the largest.
        const scale = Math.max(1, ...data.map(Math.abs));
        assertNear(key, compiled![key]!.data, data, 128 * EPSILON * scale);
      }
      layer.dispose();
    });
  }
}

Deno.test("a recurrent layer that keeps its states is refused by name", async () => {
  const layer = layers.gru({
    units: 2,
    stateful: true,
    batchInputShape: sequence!,
  });
  layer.apply(tf.zeros(sequence!));
  await assertRejects(
    () =>
      compile(({ x }) => ({ y: layer.apply(x) as tf.Tensor }), {
        inputs: { x: { shape: sequence! } },
        device: "cpu",
      }),
    CompileError,
    "as recurrent layers with stateful: true do: make the layer stateless, and pass its states as inputs",
  );
});
