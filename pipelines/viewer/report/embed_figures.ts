/**
 * Figures inside a page, within a budget of bytes.
 * @module
 */
import { encodeBase64 } from "../base64.ts";
import { type Html, html } from "../html.ts";
import { shrinkPicture } from "../shrink_picture.ts";
import type { StoredFigure } from "../../core/runs/figure_files.ts";

/** A figure and where its file lies, for a reader of the page beside it. */
export interface PlacedFigure {
  /** The figure. */
  readonly figure: StoredFigure;
  /** What to show below it. */
  readonly caption: string;
  /** A path relative to the page. */
  readonly file: string;
}

/** Makes a picture smaller: the first that is small enough is taken. */
const LEVELS = [
  { scale: 1, quality: 80 },
  { scale: 0.5, quality: 80 },
  { scale: 0.35, quality: 60 },
] as const;

/** A figure on its way into the page. */
interface Embedded {
  readonly placed: PlacedFigure;
  readonly type: "svg+xml" | "png" | "webp";
  readonly bytes: Uint8Array;
  /** Levels of `LEVELS` that were tried. */
  readonly tried: number;
}

/**
 * Puts figures into a page: as the smaller of SVG and PNG while there is room, then the largest ones as WebP, then at
 * half the size. What still finds no room is named, with its file.
 *
 * @param figures The figures.
 * @param budget The most bytes that they may take in the page.
 * @returns A figure or a line for each.
 */
export async function embedFigures(
  figures: readonly PlacedFigure[],
  budget: number,
): Promise<readonly Html[]> {
  let embedded = figures.map(original);
  const total = () =>
    embedded.reduce((sum, one) => sum + (one ? inBase64(one) : 0), 0);
  while (total() > budget) {
    const largest = embedded.reduce((a, b) =>
      (b?.bytes.length ?? 0) > (a?.bytes.length ?? 0) ? b : a
    );
    if (largest === undefined) break;
    const smaller = await shrunk(largest);
    embedded = embedded.map((one) => one === largest ? smaller : one);
  }
  return embedded.map((one, i) =>
    one === undefined ? missing(figures[i]!) : picture(one)
  ); // one for each figure
}

function original(placed: PlacedFigure): Embedded | undefined {
  const [svg, png] = [placed.figure.svg(), placed.figure.png()];
  if (svg && svg.length <= (png?.length ?? Infinity)) {
    return { placed, type: "svg+xml", bytes: svg, tried: 0 };
  }
  return png && { placed, type: "png", bytes: png, tried: 0 };
}

/** The next smaller form; undefined after the smallest. */
async function shrunk(
  { placed, bytes, tried }: Embedded,
): Promise<Embedded | undefined> {
  const png = placed.figure.png();
  for (const [i, level] of LEVELS.entries()) {
    if (i < tried || png === undefined) continue;
    const webp = await shrinkPicture(png, level);
    if (webp === undefined) return undefined;
    if (webp.length < bytes.length) {
      return { placed, type: "webp", bytes: webp, tried: i + 1 };
    }
  }
  return undefined;
}

function picture({ placed, type, bytes }: Embedded): Html {
  const { caption } = placed;
  const width = widthOf(placed.figure.png());
  return html`<figure><img alt="${caption}" width="${width}" src="data:image/${type};base64,${
    encodeBase64(bytes)
  }"><figcaption>${caption}</figcaption></figure>`;
}

/** Pixels of the page for a picture that is drawn for screens of two dots per pixel; the width is in the head of PNG. */
function widthOf(png: Uint8Array<ArrayBuffer> | undefined): number {
  if (png === undefined || png.length < 24) return 600;
  const width = new DataView(png.buffer, png.byteOffset).getUint32(16);
  return Math.min(2000, Math.max(1, Math.round(width / 2)));
}

function missing({ caption, file }: PlacedFigure): Html {
  const address = file.split("/").map(encodeURIComponent).join("/");
  return html`
    <p
      class="note">${caption}: too large for this page, see <a href="${address}">${file}</a></p>
  `;
}

function inBase64({ bytes }: Embedded): number {
  return 4 * Math.ceil(bytes.length / 3);
}
