/**
 * The VAE in jax-js, jitted, on WebAssembly, as a process.
 * @module
 */
import { init, jit, nn, numpy as np, tree, valueAndGrad } from "@jax-js/jax";
import { serve } from "../serve.ts";
import { versionOf } from "../versions.ts";
import { usualVae } from "../work/image_models.ts";
import { binary, noise } from "../work/inputs.ts";
import { repeated } from "../work/work.ts";

const { pixels, hidden, latent, batch } = usualVae;
const [beta1, beta2, epsilon, rate] = [0.9, 0.999, 1e-8, 1e-3];

// jax-js takes type aliases alone for its trees. An array is freed by its use: `ref` keeps it for another one.
type Parameters = readonly np.Array[];
type State = {
  readonly parameters: Parameters;
  readonly means: Parameters;
  readonly squares: Parameters;
  readonly step: np.Array;
};

function loss(parameters: Parameters, images: np.Array, noise: np.Array) {
  const [w1, b1, w2, b2, w3, b3, w4, b4, w5, b5] = parameters;
  const linear = (x: np.Array, w?: np.Array, b?: np.Array) =>
    np.matmul(x, w!).add(b!); // ten parameters
  const h = np.tanh(linear(images.ref, w1, b1));
  const mean = linear(h.ref, w2, b2);
  const logVariance = linear(h, w3, b3);
  const deviation = np.exp(logVariance.ref.mul(0.5));
  const z = mean.ref.add(deviation.mul(noise));
  const logits = linear(np.tanh(linear(z, w4, b4)), w5, b5);
  const logProb = images.mul(logits.ref).sub(nn.softplus(logits)).sum();
  const divergence = np.square(mean).add(np.exp(logVariance.ref))
    .sub(logVariance).sub(1).sum().mul(0.5);
  return divergence.sub(logProb).mul(1 / batch);
}

const update = jit((state: State, images: np.Array, noise: np.Array) => {
  const { parameters, means, squares, step: before } = state;
  const [value, gradients] = valueAndGrad(loss)(
    tree.ref(parameters),
    images,
    noise,
  ) as [np.Array, Parameters]; // the shape of `parameters`
  const step = before.add(1);
  const correct = (beta: number) =>
    np.exp(step.ref.mul(Math.log(beta))).mul(-1).add(1);
  const [mean, square] = [correct(beta1), correct(beta2)];
  const next = parameters.map((parameter, i) => {
    const gradient = gradients[i]!; // as many
    const m = means[i]!.mul(beta1).add(gradient.ref.mul(1 - beta1));
    const v = squares[i]!.mul(beta2).add(np.square(gradient).mul(1 - beta2));
    const root = np.sqrt(v.ref.div(square.ref)).add(epsilon);
    const change = m.ref.div(mean.ref).div(root).mul(rate);
    return [parameter.sub(change), m, v] as const;
  });
  mean.dispose();
  square.dispose();
  return {
    value,
    state: {
      parameters: next.map(([parameter]) => parameter),
      means: next.map(([, m]) => m),
      squares: next.map(([, , v]) => v),
      step,
    },
  };
});

await init();
const shapes = [
  [pixels, hidden],
  [hidden],
  [hidden, latent],
  [latent],
  [hidden, latent],
  [latent],
  [latent, hidden],
  [hidden],
  [hidden, pixels],
  [pixels],
];
const zeros = () => shapes.map((shape) => np.zeros(shape));
const array = ({ data, shape }: ReturnType<typeof noise>) =>
  np.array(Float32Array.from(data)).reshape([...shape]);
const images = array(binary([batch, pixels]));
const draws = array(noise([batch, latent]));
let state: State = {
  parameters: shapes.map((shape) => array(noise(shape)).mul(0.05)),
  means: zeros(),
  squares: zeros(),
  step: np.zeros([]),
};
const run = repeated(async () => {
  const result = update(state, images.ref, draws.ref);
  state = result.state;
  const [loss] = await result.value.data();
  if (Number.isFinite(loss)) return;
  throw new RangeError(`Expected a finite loss but found ${loss}`);
});
await serve({ facts: `jax-js ${versionOf("@jax-js/jax")}, wasm`, run });
