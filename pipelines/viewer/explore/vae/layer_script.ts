/**
 * The part of the VAE page's program that computes: layers, from the numbers in the page.
 * @module
 */

/**
 * Reads the model (`readVae`), decodes latents and encodes images, in double precision.
 *
 * A place of an image adds to the places of the next that its 4 x 4 filter covers, with strides of two and one place of
 * padding, as in `models/layers/convolution.ts`. The error function is 7.1.26 of Abramowitz & Stegun 1964, within 1.5e-7.
 */
export const layerScript = `
function erf(x) {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const terms = [0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429];
  const sum = terms.reduceRight((rest, term) => (rest + term) * t, 0);
  return Math.sign(x) * (1 - sum * Math.exp(-x * x));
}
const activations = {
  none: (x) => x,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  tanh: (x) => Math.tanh(x),
  relu: (x) => Math.max(0, x),
  softplus: (x) => Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x))),
  gelu: (x) => x / 2 * (1 + erf(x * Math.SQRT1_2)),
};
function addProduct(sums, to, x, from, weight, first, { inputs, outputs }) {
  for (let i = 0; i < inputs; i++) {
    const value = x[from + i];
    if (value === 0) continue; // paper adds nothing
    for (let j = 0, at = first + i * outputs; j < outputs; j++, at++) sums[to + j] += value * weight[at];
  }
}
function dense(x, layer) {
  const sums = Float64Array.from(layer.bias);
  addProduct(sums, 0, x, 0, layer.weight, 0, layer);
  return sums;
}
function coveredBy(side, next, target) {
  return Array.from({ length: side }, (_, at) =>
    [0, 1, 2, 3].map((tap) => [tap, target(at, tap)])
      .filter(([, to]) => Number.isInteger(to) && to >= 0 && to < next));
}
function convolution(x, layer) {
  const { kind, side, inputs, outputs, weight, bias } = layer;
  const isHalf = kind === "halve";
  const next = isHalf ? side / 2 : 2 * side;
  const covered = coveredBy(side, next, (at, tap) => isHalf ? (at + 1 - tap) / 2 : 2 * at + tap - 1);
  const sums = new Float64Array(next * next * outputs).map((_, i) => bias[i % outputs]);
  for (let place = 0; place < side * side; place++) {
    for (const [down, row] of covered[Math.floor(place / side)]) {
      for (const [across, column] of covered[place % side]) {
        const filter = (4 * down + across) * inputs * outputs;
        addProduct(sums, (row * next + column) * outputs, x, place * inputs, weight, filter, layer);
      }
    }
  }
  return sums;
}
function compute(x, layer) {
  return (layer.kind === "dense" ? dense : convolution)(x, layer).map(activations[layer.activation]);
}
function readVae({ layers, weights }) {
  const floats = readFloats(weights);
  let at = 0;
  const take = (length) => floats.subarray(at, at += length);
  const read = (layer) => {
    const taps = layer.kind === "dense" ? 1 : 16;
    const weight = take(taps * layer.inputs * layer.outputs);
    return { ...layer, weight, bias: take(layer.outputs) };
  };
  const hidden = layers.hidden.map(read);
  const mean = read(layers.mean);
  const logVariance = read(layers.logVariance);
  const decoder = layers.decoder.map(read);
  return {
    decode: (latents) => decoder.reduce(compute, latents),
    encode: (image) => {
      const top = hidden.reduce(compute, image);
      return { mean: compute(top, mean), logVariance: compute(top, logVariance) };
    },
  };
}
`;
