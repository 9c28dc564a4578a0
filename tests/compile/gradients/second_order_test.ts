import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals } from "@std/assert";
import { compile } from "../../../compile/compile.ts";
import type { Device } from "../../../compile/types.ts";
import { layerNorm } from "../../../models/layers/layer_norm.ts";
import { activate } from "../../../models/layers/activation.ts";
import { elbo } from "../../../models/objectives/elbo.ts";
import { valueAndGradients } from "../../../models/gradients/value_and_gradients.ts";
import golden from "../../golden/second_order.json" with { type: "json" };
import lines from "../../golden/gradient_penalty.json" with { type: "json" };
import { drawWave, waveValues } from "../../golden/waves.ts";
import { assertClose } from "../../models/assert_close.ts";
import { smallVae } from "../../models/small_vae.ts";
import { DEVICES, onDevice } from "../agreement.ts";

/** Of the longest path: some 60 products and sums, twice through the network. */
const ROUNDINGS = 64;

type Tensors = Readonly<Record<string, tf.Tensor>>;
type Critic = (x: tf.Tensor, weights: Tensors) => tf.Tensor;

/** The mean over inputs of (|d critic / d input| - 1)^2 (Gulrajani et al. 2017, eq. 3). */
function penalty(critic: Critic, x: tf.Tensor, weights: Tensors): tf.Scalar {
  const slope = tf.grad((x: tf.Tensor) => critic(x, weights).sum())(x);
  const norms = tf.norm(slope.reshape([x.shape[0]!, -1]), 2, 1);
  return norms.sub(1).square().mean().asScalar();
}

/** The penalty and its gradients, with the weights as inputs. */
async function penaltyOn(
  device: Device,
  critic: Critic,
  x: { readonly shape: readonly number[]; readonly data: Float32Array },
  shapes: Readonly<Record<string, readonly number[]>>,
): Promise<Readonly<Record<string, ArrayLike<number>>>> {
  const names = Object.keys(shapes);
  using step = await compile(({ x, ...weights }) => {
    const { value, gradients } = valueAndGradients(
      () => penalty(critic, x!, weights as Tensors), // all but x
      weights as Tensors,
    );
    return { penalty: value, ...gradients } as Tensors;
  }, {
    inputs: {
      x: { shape: x.shape },
      ...Object.fromEntries(
        names.map((name) => [name, { shape: shapes[name]! }] as const),
      ),
    } as Record<string, { shape: readonly number[] }>, // any names
    device,
  });
  const feeds = Object.fromEntries(
    names.map((name) =>
      [name, drawWave({ name, shape: [...shapes[name]!] }, 0.8)] as const
    ),
  );
  const outputs = await step.run({ x: x.data, ...feeds });
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { data }]) => [name, data] as const),
  );
}

const ACTIVATIONS: Readonly<
  Record<keyof typeof golden.dense, (x: tf.Tensor) => tf.Tensor>
> = {
  tanh: tf.tanh,
  leakyRelu: (x) => tf.leakyRelu(x, 0.2),
  relu: tf.relu,
  elu: tf.elu,
  selu: tf.selu,
  sigmoid: tf.sigmoid,
  softplus: tf.softplus,
  mish: (x) => tf.mul(x, tf.tanh(tf.softplus(x))),
  swish: (x) => tf.mul(x, tf.sigmoid(x)),
  gelu: (x) => activate("gelu", x),
  softmax: (x) => tf.softmax(x),
  logSoftmax: (x) => tf.logSoftmax(x),
  exp: tf.exp,
  layerNorm: (x) => layerNorm(x, { scale: tf.ones([5]), shift: tf.zeros([5]) }),
  maximum: (x) => tf.maximum(x, tf.mul(x, 0.2)),
};

for (const device of DEVICES) {
  for (const [name, activation] of Object.entries(ACTIVATIONS)) {
    if (device === "webgpu" && name !== "layerNorm") continue; // seconds each, where the driver is software
    Deno.test({
      name:
        `the gradient penalty of a critic with ${name} has PyTorch's gradients, ${device}`,
      ...onDevice(device),
      fn: async () => {
        const found = await penaltyOn(
          device,
          (x, { first, bias, second }) =>
            activation(x.matMul(first!).add(bias!)).matMul(second!),
          { shape: [4, 6], data: waveValues(24, 0.3) },
          { first: [6, 5], bias: [5], second: [5, 1] },
        );
        const right = golden.dense[name as keyof typeof golden.dense]; // keys of the table
        for (const [key, expected] of Object.entries(right)) {
          assertClose(found[key]!, expected, {
            roundings: ROUNDINGS,
            name: key,
          });
        }
      },
    });
  }

  Deno.test({
    name:
      `the gradient penalty of a convolutional critic has PyTorch's gradients, ${device}`,
    ...onDevice(device),
    fn: async () => {
      const found = await penaltyOn(
        device,
        (x, { wide, narrow, last }) => {
          const h = tf.leakyRelu(
            tf.conv2d(x as tf.Tensor4D, wide as tf.Tensor4D, 1, "same"),
            0.2,
          );
          const g = tf.conv2d(h, narrow as tf.Tensor4D, 2, "same").tanh();
          return g.reshape([2, 18]).matMul(last!);
        },
        { shape: [2, 6, 6, 2], data: waveValues(144, 0.9) },
        { wide: [3, 3, 2, 3], narrow: [4, 4, 3, 2], last: [18, 1] },
      );
      for (const [key, expected] of Object.entries(golden.convolutional)) {
        assertClose(found[key]!, expected, { roundings: 256, name: key });
      }
    },
  });

  Deno.test({
    name: `the Hessian of a VAE's bound times a vector is PyTorch's, ${device}`,
    ...onDevice(device),
    fn: async () => {
      using small = smallVae();
      const { vae, images, noise } = small;
      const names = Object.keys(vae.variables);
      const vectors = Object.fromEntries(names.map((name) => {
        const { shape } = vae.variables[name]!; // one of them
        const values = drawWave({ name: `vector/${name}`, shape });
        return [name, tf.tensor(values, shape)] as const;
      }));
      const loss = () => elbo(vae, images, noise).elbo.mean().neg().asScalar();
      const along = () => {
        const { gradients } = valueAndGradients(loss, vae.variables);
        return tf.addN(
          names.map((name) => gradients[name]!.mul(vectors[name]!).sum()),
        ).asScalar();
      };
      using step = await compile(
        () => valueAndGradients(along, vae.variables).gradients,
        { inputs: {}, device },
      );
      const outputs = await step.run({});
      for (const [name, expected] of Object.entries(golden.hessianOfElbo)) {
        assertClose(outputs[name]!.data, expected, {
          roundings: ROUNDINGS,
          name,
        });
      }
    },
  });
}

for (const device of ["tfjs", "cpu"] as const) {
  Deno.test(`the gradient penalty between pairs is that of PyTorch, ${device}`, async () => {
    const [each] = lines.cases;
    const { W1, b1, W2, real, fake, e } = each!;
    const tensors = { W1, b1, W2, real, fake, e: { shape: [4, 1], data: e } };
    const inputs = Object.fromEntries(
      Object.entries(tensors).map(([name, { shape }]) =>
        [name, { shape }] as const
      ),
    );
    using step = await compile(({ W1, b1, W2, real, fake, e }) => {
      const x = e!.mul(real!).add(tf.sub(1, e!).mul(fake!));
      const critic: Critic = (x, { W1, b1, W2 }) =>
        tf.leakyRelu(x.matMul(W1!).add(b1!), 0.2).matMul(W2!);
      const weights = { W1: W1!, b1: b1!, W2: W2! };
      const { value, gradients } = valueAndGradients(
        () => penalty(critic, x, weights),
        weights,
      );
      return { value, ...gradients } as Tensors;
    }, { inputs: inputs as Record<string, { shape: number[] }>, device });
    const feeds = Object.fromEntries(
      Object.entries(tensors).map(([name, { data }]) =>
        [name, Float32Array.from(data)] as const
      ),
    );
    const outputs = await step.run(feeds);
    assertAlmostEquals(outputs["value"]!.item(), each!.penalty, 2e-6);
    for (const [name, { data }] of Object.entries(each!.gradientsOfPenalty)) {
      assertClose(outputs[name]!.data, data, { roundings: ROUNDINGS, name });
    }
  });
}
