/**
 * Draws paths with a soft round pen, laid out as MNIST's images are.
 *
 * Only + - * / and square roots, which IEEE 754 rounds alike everywhere: the same bytes on every machine.
 * @module
 */

/** Pixels along each side of an image. */
export const SIDE = 28;

/** Pixels along the longer side of a digit; LeCun et al. 1998, section III-A. */
const BOX = 20;

/** How wide the pen's edge is, in pixels. */
const EDGE = 1.3;

/** A path as points, [x, y] in any unit. */
export type Path = readonly (readonly [x: number, y: number])[];

/**
 * Draws paths into an image of 28 x 28 pixels: 20 pixels along the longer side, the centre of mass in the middle.
 *
 * @param paths The paths, in any unit.
 * @param radius Of the pen, in pixels.
 * @param into Receives the pixels, 0 (paper) to 255 (ink), [28 * 28].
 */
export function drawCentred(
  paths: readonly Path[],
  radius: number,
  into: Uint8Array,
): void {
  const ink = new Float64Array(SIDE * SIDE); // 0 ... 1
  for (const path of fitted(paths, BOX - 2 * radius)) {
    for (let i = 1; i < path.length; i++) {
      drawSegment(path[i - 1]!, path[i]!, radius, ink);
    }
  }
  const [right, down] = toCentre(ink);
  into.fill(0);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const fromX = x - right;
      const fromY = y - down;
      if (fromX < 0 || fromX >= SIDE || fromY < 0 || fromY >= SIDE) continue;
      into[y * SIDE + x] = Math.round(255 * ink[fromY * SIDE + fromX]!);
    }
  }
}

/** Scales paths to `size` along the longer side and puts them in the middle. */
function fitted(paths: readonly Path[], size: number): readonly Path[] {
  const xs = paths.flatMap((path) => path.map(([x]) => x));
  const ys = paths.flatMap((path) => path.map(([, y]) => y));
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const scale = size / Math.max(right - left, bottom - top);
  return paths.map((path) =>
    path.map(([x, y]) =>
      [
        SIDE / 2 + (x - (left + right) / 2) * scale,
        SIDE / 2 + (y - (top + bottom) / 2) * scale,
      ] as const
    )
  );
}

/** Inks the pixels whose middle is near the segment; what is dark stays dark. */
function drawSegment(
  [x0, y0]: readonly [number, number],
  [x1, y1]: readonly [number, number],
  radius: number,
  ink: Float64Array,
): void {
  const reach = radius + EDGE / 2;
  const dx = x1 - x0;
  const dy = y1 - y0;
  const squared = dx * dx + dy * dy;
  const top = Math.max(0, Math.floor(Math.min(y0, y1) - reach));
  const bottom = Math.min(SIDE - 1, Math.ceil(Math.max(y0, y1) + reach));
  const left = Math.max(0, Math.floor(Math.min(x0, x1) - reach));
  const right = Math.min(SIDE - 1, Math.ceil(Math.max(x0, x1) + reach));
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const px = column + 0.5 - x0;
      const py = row + 0.5 - y0;
      const along = squared === 0 ? 0 : (px * dx + py * dy) / squared;
      const t = Math.min(1, Math.max(0, along));
      const [ex, ey] = [px - t * dx, py - t * dy];
      const distance = Math.sqrt(ex * ex + ey * ey);
      const at = row * SIDE + column;
      ink[at] = Math.max(ink[at]!, darkness((reach - distance) / EDGE));
    }
  }
}

/** From 0 outside the pen's edge to 1 inside, smoothly. */
function darkness(inside: number): number {
  const t = Math.min(1, Math.max(0, inside));
  return t * t * (3 - 2 * t);
}

/** By how many whole pixels the centre of mass is left of, and above, the middle. */
function toCentre(ink: Float64Array): readonly [right: number, down: number] {
  let [mass, sumX, sumY] = [0, 0, 0];
  for (let at = 0; at < ink.length; at++) {
    const x = at % SIDE;
    mass += ink[at]!;
    sumX += ink[at]! * (x + 0.5);
    sumY += ink[at]! * ((at - x) / SIDE + 0.5);
  }
  return [
    Math.round(SIDE / 2 - sumX / mass),
    Math.round(SIDE / 2 - sumY / mass),
  ];
}
