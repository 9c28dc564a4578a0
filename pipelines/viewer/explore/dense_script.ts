/**
 * The part of the page's program that computes: a VAE of dense layers, from the numbers in the page.
 * @module
 */

/**
 * Reads the model (`readVae`), decodes latents and encodes images, in double precision.
 *
 * The error function is 7.1.26 of Abramowitz & Stegun 1964, within 1.5e-7.
 */
export const denseScript = `"use strict";
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
function dense(x, { inputs, outputs, weight, bias, activation }) {
  const sums = Float64Array.from(bias);
  for (let i = 0; i < inputs; i++) {
    const value = x[i];
    if (value === 0) continue; // paper adds nothing
    for (let j = 0, at = i * outputs; j < outputs; j++, at++) sums[j] += value * weight[at];
  }
  return sums.map(activations[activation]);
}
function readFloats(base64) {
  const text = atob(base64);
  const view = new DataView(new ArrayBuffer(text.length));
  for (let i = 0; i < text.length; i++) view.setUint8(i, text.charCodeAt(i));
  const floats = new Float32Array(text.length / 4);
  for (let i = 0; i < floats.length; i++) floats[i] = view.getFloat32(4 * i, true);
  return floats;
}
function readVae({ layers, weights }) {
  const floats = readFloats(weights);
  let at = 0;
  const take = (length) => floats.subarray(at, at += length);
  const read = (layer) => {
    const weight = take(layer.inputs * layer.outputs);
    return { ...layer, weight, bias: take(layer.outputs) };
  };
  const hidden = layers.hidden.map(read);
  const mean = read(layers.mean);
  const logVariance = read(layers.logVariance);
  const decoder = layers.decoder.map(read);
  return {
    decode: (latents) => decoder.reduce(dense, latents),
    encode: (image) => {
      const top = hidden.reduce(dense, image);
      return { mean: dense(top, mean), logVariance: dense(top, logVariance) };
    },
  };
}
`;
