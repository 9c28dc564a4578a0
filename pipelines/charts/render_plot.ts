/**
 * A Vega-Lite specification drawn as PNG and SVG.
 * @module
 */
import type { TopLevelSpec } from "vega-lite";
import type { FigureFiles } from "../core/context.ts";
import { theme } from "./theme.ts";
import { type Drawing, inlineLoader, loadDrawing } from "./vega.ts";

/** Pixels of the PNG for each pixel of the SVG. */
export const pixelRatio = 2;

/**
 * Draws a specification in the house's look, the same bytes for the same specification.
 *
 * @param name The file name of the figure, without ending.
 * @param spec What to draw, with its data inline; images as data URLs.
 * @returns PNG at twice the size of the SVG, SVG, and the specification with the look in it.
 * @throws {TypeError} If Vega or Vega-Lite warns: a figure that misses data must not pass silently.
 */
export async function drawPlot(
  name: string,
  spec: TopLevelSpec,
): Promise<FigureFiles> {
  const drawing = await loadDrawing();
  const themed: TopLevelSpec = {
    ...spec,
    config: { ...theme, ...spec.config },
  };
  const warnings = new Set<string>();
  const { svg, png } = await inTurn(() => paint(drawing, themed, warnings));
  if (warnings.size > 0) {
    throw new TypeError(
      `Expected to draw ${name} without warnings but found: ${
        [...warnings].join("; ")
      }`,
    );
  }
  return { name, png, svg, spec: themed };
}

let last: Promise<unknown> = Promise.resolve();

/** Runs one drawing after another, since Vega numbers the parts of all its SVGs in one sequence. */
function inTurn<T>(draw: () => Promise<T>): Promise<T> {
  const next = last.then(draw);
  last = next.catch(() => {}); // whoever asked for it hears of the failure
  return next;
}

async function paint(
  drawing: Drawing,
  spec: TopLevelSpec,
  warnings: Set<string>,
): Promise<Pick<FigureFiles, "svg" | "png">> {
  const { skia, vega, vegaLite } = drawing;
  const logger = vega.logger(vega.Warn, undefined, (_method, level, parts) => {
    warnings.add(`${level}: ${parts.map(String).join(" ")}`);
  });
  const loader = inlineLoader(drawing, (failure) => warnings.add(failure));
  const own = structuredClone(spec); // Vega marks the rows it has seen
  const parsed = vega.parse(vegaLite.compile(own, { logger }).spec);
  const view = new vega.View(parsed, { renderer: "none", logger, loader });
  vega.resetSVGDefIds();
  try {
    const svg = await view.toSVG();
    const { width, height } = sizeOf(svg);
    const canvas = skia.createCanvas(width * pixelRatio, height * pixelRatio);
    const externalContext = canvas.getContext("2d");
    // Vega hands the options on to the canvas renderer; its types know those of node-canvas alone
    await view.toCanvas(pixelRatio, { externalContext } as object);
    return { svg, png: new Uint8Array(canvas.toBuffer("image/png")) };
  } finally {
    view.finalize();
  }
}

function sizeOf(
  svg: string,
): { readonly width: number; readonly height: number } {
  const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg) ??
    [];
  return { width: Math.ceil(Number(width)), height: Math.ceil(Number(height)) };
}
