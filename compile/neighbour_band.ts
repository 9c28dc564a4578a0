/**
 * The matrix that adds up channels around each channel.
 *
 * @param channels How many there are.
 * @param radius How far the farthest is.
 * @returns 1 where two are neighbours, else 0, [channels, channels].
 */
export function neighbourBand(channels: number, radius: number): Float32Array {
  return Float32Array.from({ length: channels ** 2 }, (_, i) => {
    const distance = Math.abs(Math.floor(i / channels) - i % channels);
    return Number(distance <= radius);
  });
}
