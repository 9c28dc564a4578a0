/**
 * From numbers between 0 and 1 to all real numbers.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type Bijector, sumOfEach } from "./bijector.ts";

/**
 * z = logit(p) with p = margin + (1 - 2 margin) y: of y from 0 to 1, ends included, it makes finite numbers.
 *
 * log |dz/dy| = log(1 - 2 margin) - log p - log(1 - p) for each number. Conventions of the margin differ between
 * papers; with this term a log density is one of y, whatever the margin.
 *
 * Source: Dinh et al. 2017, section 4.1; here the margin is kept from 1 as well.
 *
 * @param margin How far from 0 and 1 the ends are kept, above 0 and below 1/2.
 * @throws {RangeError} If it is not.
 */
export function logit(margin: number): Bijector {
  if (!(margin > 0 && margin < 0.5)) {
    throw new RangeError(
      `Expected a margin above 0 and below 0.5 but found ${margin}`,
    );
  }
  const scale = 1 - 2 * margin;
  return {
    forward: (y) => {
      const logP = y.mul(scale).add(margin).log();
      const logRest = tf.sub(1, y).mul(scale).add(margin).log(); // 1 - p = margin + scale (1 - y)
      return {
        value: logP.sub(logRest),
        logDet: sumOfEach(logP.add(logRest).sub(Math.log(scale)).neg()),
      };
    },
    inverse: (z) => z.sigmoid().sub(margin).div(scale),
  };
}
