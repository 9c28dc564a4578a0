/**
 * Bytes as a person reads them.
 * @module
 */

/**
 * Writes a size on the disk.
 *
 * @param bytes The size.
 * @returns Such as `512 B`, `1.5 MiB` or `320 MiB`.
 */
export function size(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const power = Math.min(
    units.length - 1,
    Math.floor(Math.log2(Math.max(1, bytes)) / 10),
  );
  const value = bytes / 2 ** (10 * power);
  const digits = power > 0 && value < 10 ? 1 : 0;
  return `${value.toFixed(digits)} ${units[power]}`;
}
