/**
 * Vega and Vega-Lite on the Skia canvas.
 * @module
 */
import { loadSkia, type Skia } from "../core/skia.ts";

/** What draws a plot. */
export interface Drawing {
  /** The canvas. */
  readonly skia: Skia;
  /** The renderer. */
  readonly vega: typeof import("vega");
  /** The compiler of specifications. */
  readonly vegaLite: typeof import("vega-lite");
}

let loading: Promise<Drawing> | undefined;

/**
 * Loads the libraries that draw on first use, so that a run which draws nothing does not wait for them.
 *
 * Vega then measures text with Skia (by itself it estimates 0.8 em a letter), and reads images, which must be data
 * URLs, with Skia (by itself it looks for a browser's `Image`).
 *
 * @returns The libraries, the same ones at every call.
 */
export function loadDrawing(): Promise<Drawing> {
  loading ??= importDrawing();
  return loading;
}

async function importDrawing(): Promise<Drawing> {
  const [skia, vega, vegaLite] = await Promise.all([
    loadSkia(),
    import("vega"),
    import("vega-lite"),
  ]);
  const untyped = vega as unknown as UntypedVega; // exported by vega-scenegraph 5.3, missing in its types
  measureText(untyped, skia);
  readImages(untyped, skia);
  return { skia, vega, vegaLite };
}

interface UntypedVega {
  readonly font: (item: object) => string;
  readonly textMetrics: { width: (item: object, text: unknown) => number };
  readonly ResourceLoader: {
    readonly prototype: {
      _pending: number;
      loadImage: (url: string) => Promise<object>;
    };
  };
}

function measureText({ font, textMetrics }: UntypedVega, skia: Skia): void {
  const context = skia.createCanvas(1, 1).getContext("2d");
  textMetrics.width = (item, text) => {
    context.font = font(item);
    return context.measureText(String(text ?? "")).width;
  };
}

function readImages({ ResourceLoader }: UntypedVega, skia: Skia): void {
  const { prototype } = ResourceLoader;
  prototype.loadImage = async function (url) {
    this._pending += 1; // Vega draws again once this is back at zero
    try {
      if (!url.startsWith("data:")) {
        throw new TypeError(`Expected an image as a data URL but found ${url}`);
      }
      const image = await skia.loadImage(url);
      // Vega writes `src` into the SVG, where Skia's own gives the bytes
      return Object.defineProperty(image, "src", { value: url });
    } finally {
      this._pending -= 1;
    }
  };
}
