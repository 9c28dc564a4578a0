/**
 * A regular grid over latent vectors, for integrals over few dimensions.
 * @module
 */

/** A cube of points around the origin. */
export interface LatentGrid {
  /** [point, latent] */
  readonly points: Float32Array<ArrayBuffer>;
  /** How many points there are. */
  readonly count: number;
  /** Logarithm of the volume that belongs to a point. */
  readonly logCell: number;
  /** Whether a point is also on the grid of twice the spacing. */
  readonly isCoarse: (point: number) => boolean;
}

/** Distance between two points along a side, and the most intervals from the origin, by the length of a latent vector. */
const RESOLUTIONS: Readonly<
  Record<number, { readonly spacing: number; readonly most: number }>
> = {
  1: { spacing: 0.005, most: 5000 },
  2: { spacing: 0.05, most: 250 },
  3: { spacing: 0.12, most: 60 },
};

/**
 * Lays a grid for the trapezoidal rule, whose error for smooth integrands falls faster than any power of the spacing.
 *
 * @param latent Length of a latent vector, 1 to 3.
 * @param halfWidth How far from the origin it reaches at least, with points farther apart where there would be too many;
 * beyond 6 a standard normal has 2e-9 of its mass.
 * @throws {RangeError} If the latent vectors are longer.
 */
export function latentGrid(latent: number, halfWidth: number): LatentGrid {
  const resolution = RESOLUTIONS[latent];
  if (resolution === undefined) {
    throw new RangeError(
      `Expected latent to be from 1 to 3 for quadrature but found ${latent}`,
    );
  }
  const { most } = resolution;
  const spacing = Math.max(resolution.spacing, halfWidth / most);
  const reach = Math.min(most, Math.ceil(halfWidth / spacing)); // intervals from the origin
  const side = 2 * reach + 1;
  const indexOf = (point: number, axis: number) =>
    Math.floor(point / side ** axis) % side;
  const axes = Array.from({ length: latent }, (_, axis) => axis);
  const count = side ** latent;
  return {
    points: Float32Array.from(
      { length: count * latent },
      (_, i) => (indexOf(Math.floor(i / latent), i % latent) - reach) * spacing,
    ),
    count,
    logCell: latent * Math.log(spacing),
    isCoarse: (point) => axes.every((axis) => indexOf(point, axis) % 2 === 0),
  };
}
