import * as tf from "@tensorflow/tfjs";
import { assert } from "@std/assert";
import { waveValues } from "../../golden/waves.ts";
import { FUNCTIONS } from "./functions.ts";
import {
  derivatives,
  eagerly,
  lossOf,
  ONCE,
  orderOf,
  ROWS,
  valuesOf,
} from "./table.ts";

/**
 * Central differences along a wave, extrapolated to a step of 0 (Richardson): (4 D(h / 2) - D(h)) / 3 is off by a
 * multiple of h^4 f''''', and by the rounding of f divided by h.
 */
function difference(f: (t: number) => number, h: number): number {
  const central = (h: number) => (f(h) - f(-h)) / (2 * h);
  return (4 * central(h / 2) - central(h)) / 3;
}

for (const [name, row] of Object.entries(ROWS)) {
  if (!row.isSmooth) continue;
  Deno.test(`gradients of ${name} are the limits of differences, twice`, () => {
    tf.tidy(() =>
      eagerly(() => {
        const fn = FUNCTIONS[name]!; // checked above
        const arrays = row.inputs.map(valuesOf);
        const directions = arrays.map((array) => waveValues(array.length, 2.2));
        const at = (t: number) =>
          row.inputs.map(({ shape }, i) => {
            const moved = arrays[i]!.map((x, j) => x + t * directions[i]![j]!); // as many
            return tf.tensor(moved, [...shape]);
          });
        const gradients = (t: number) =>
          tf.grads((...xs: tf.Tensor[]) => lossOf(fn, xs))(at(t));
        const slope = gradients(0).reduce((sum, gradient, i) => {
          const numbers = Array.from(gradient.dataSync());
          return numbers.reduce(
            (all, g, j) => all + g * directions[i]![j]!,
            sum,
          );
        }, 0);
        const loss = (t: number) => lossOf(fn, at(t)).dataSync()[0]!;
        const h = 2 ** -5;
        // Rounding: 64 units of the loss over h; beyond: fifth derivatives up to some hundreds times h^4 / 30.
        const near = (scale: number) => 1e-3 * Math.max(1, Math.abs(scale));
        const expected = difference(loss, h);
        assert(
          Math.abs(slope - expected) <= near(expected),
          `slope: found ${slope}, expected ${expected}`,
        );
        const products = derivatives(fn, at(0), orderOf(name));
        if (ONCE.includes(name)) return;
        row.inputs.forEach((_, i) => {
          const found = products[`product${i}`]!.dataSync();
          const [a, b, c, d] = [h, -h, h / 2, -h / 2].map((t) =>
            gradients(t)[i]!.dataSync()
          );
          found.forEach((product, j) => {
            const wide = (a![j]! - b![j]!) / (2 * h);
            const narrow = (c![j]! - d![j]!) / h;
            const expected = (4 * narrow - wide) / 3;
            assert(
              Math.abs(product - expected) <= near(expected),
              `product${i}[${j}]: found ${product}, expected ${expected}`,
            );
          });
        });
      })
    );
  });
}
