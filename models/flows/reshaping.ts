/**
 * Bijectors that move numbers without changing them.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type Bijector, forEachItem, startOf } from "./bijector.ts";

/** Gives each item another shape with as many numbers; log |det| is 0. */
export function reshaped(
  from: readonly number[],
  to: readonly number[],
): Bijector {
  return moving(
    (x) => x.reshape([x.shape[0]!, ...to]), // a batch
    (z) => z.reshape([z.shape[0]!, ...from]), // as above
  );
}

/**
 * Lays each 2 x 2 places into channels: [batch, 2 height, 2 width, channel] to [batch, height, width, 4 channel].
 *
 * Channel 4 c + 2 row + column holds what channel c had in that row and column of the four places; a checkerboard of
 * pixels becomes two of the four channels.
 *
 * Source: Dinh et al. 2017, section 3.6 and figure 3.
 */
export function squeeze(): Bijector {
  return moving((x) => {
    const [batch, height, width, channels] = sides(x);
    return x.reshape([batch, height / 2, 2, width / 2, 2, channels])
      .transpose([0, 1, 3, 5, 2, 4])
      .reshape([batch, height / 2, width / 2, 4 * channels]);
  }, (z) => {
    const [batch, height, width, channels] = sides(z);
    return z.reshape([batch, height, width, channels / 4, 2, 2])
      .transpose([0, 1, 4, 2, 5, 3])
      .reshape([batch, 2 * height, 2 * width, channels / 4]);
  });
}

/**
 * Sends the first channels through a bijector, and lets the others by.
 *
 * Source: Dinh et al. 2017, section 3.6, eqs. 13 to 15: what leaves is a latent already.
 *
 * @param stay How many channels go through.
 * @param rest From [batch, ..., stay] to [batch, ..., stay].
 * @returns From [batch, ..., channel] to [batch, ..., channel].
 */
export function onFirstChannels(stay: number, rest: Bijector): Bijector {
  return {
    forward: (x) => {
      const [staying, leaving] = partAt(x, stay);
      const { value, logDet } = rest.forward(staying);
      return { value: tf.concat([value, leaving], -1), logDet };
    },
    inverse: (z) => {
      const [staying, leaving] = partAt(z, stay);
      return tf.concat([rest.inverse(staying), leaving], -1);
    },
    ...(rest.start && {
      start: (x: tf.Tensor) => {
        const [staying, leaving] = partAt(x, stay);
        return tf.concat([startOf(rest, staying), leaving], -1);
      },
    }),
  };
}

/**
 * Lays the channels that left, and then those that stayed, into one vector: each scale is one piece of it.
 *
 * Source: Dinh et al. 2017, section 3.6, eq. 16.
 *
 * @param shape [height, width, channel] of each item.
 * @param stay How many channels, the first, stayed.
 * @returns From [batch, height, width, channel] to [batch, latent].
 */
export function flattenScales(
  [height, width, channels]: readonly [number, number, number],
  stay: number,
): Bijector {
  const leave = channels - stay;
  const places = height * width;
  return moving((x) => {
    const [staying, leaving] = partAt(x, stay);
    return tf.concat([flat(leaving), flat(staying)], -1);
  }, (z) => {
    const [leaving, staying] = partAt(z, leave * places);
    return tf.concat([
      staying.reshape([-1, height, width, stay]),
      leaving.reshape([-1, height, width, leave]),
    ], -1);
  });
}

/** The other way around, for a bijector that only moves numbers. */
export function movedBack(move: Bijector): Bijector {
  return moving((z) => move.inverse(z), (x) => move.forward(x).value);
}

/** The first numbers of the last axis, and the others. */
function partAt(
  x: tf.Tensor,
  count: number,
): readonly [tf.Tensor, tf.Tensor] {
  const [first, rest] = tf.split(x, [count, x.shape.at(-1)! - count], -1);
  return [first!, rest!]; // two parts
}

function moving(
  forward: (x: tf.Tensor) => tf.Tensor,
  inverse: (z: tf.Tensor) => tf.Tensor,
): Bijector {
  return {
    forward: (x) => ({
      value: forward(x),
      logDet: forEachItem(tf.scalar(0), x),
    }),
    inverse,
  };
}

function flat(x: tf.Tensor): tf.Tensor {
  return x.reshape([x.shape[0]!, -1]); // a batch
}

function sides({ shape }: tf.Tensor): [number, number, number, number] {
  const [batch, height, width, channels] = shape;
  return [batch!, height!, width!, channels!]; // images
}
