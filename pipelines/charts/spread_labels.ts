/**
 * Labels moved apart where they would cover one another.
 * @module
 */

/** A place in the plane, in any unit. */
export type Position = readonly [number, number];

/** Rounds of pushing; ten labels at one place are apart after about twenty. */
const rounds = 50;

/**
 * Pushes places apart until no two are nearer than a distance, or fifty rounds are over.
 *
 * @param places Where labels would stand.
 * @param distance How near two may be, in the unit of the places.
 * @returns Where they stand, in the same order; those with room around them stay.
 */
export function spreadLabels(
  places: readonly Position[],
  distance: number,
): readonly Position[] {
  const spread = places.map(([x, y]): [number, number] => [x, y]);
  for (let round = 0; round < rounds; round++) {
    spread.forEach((one, i) => {
      for (const other of spread.slice(i + 1)) pushApart(one, other, distance);
    });
  }
  return spread;
}

function pushApart(
  one: [number, number],
  other: [number, number],
  distance: number,
): void {
  const x = other[0] - one[0];
  const y = other[1] - one[1];
  const apart = Math.hypot(x, y);
  if (apart >= distance) return;
  const [alongX, alongY] = apart > 0 ? [x / apart, y / apart] : [1, 0];
  const step = (distance - apart) / 2;
  one[0] -= step * alongX;
  one[1] -= step * alongY;
  other[0] += step * alongX;
  other[1] += step * alongY;
}
