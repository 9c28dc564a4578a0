/**
 * Vega and Vega-Lite on the Skia canvas.
 * @module
 */
import type { Loader } from "vega";
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
 * Vega then measures text with Skia (by itself it estimates 0.8 em a letter), and asks the loader of a view for its
 * images (by itself it looks for a browser's `Image`).
 *
 * @returns The libraries, the same ones at every call.
 */
export function loadDrawing(): Promise<Drawing> {
  loading ??= importDrawing();
  return loading;
}

/**
 * A loader for one view that reads nothing but images in data URLs.
 *
 * @param drawing The libraries.
 * @param report Told what was refused or damaged, for Vega would leave it out silently.
 * @returns The loader.
 */
export function inlineLoader(
  { vega, skia }: Drawing,
  report: (failure: string) => void,
): InlineLoader {
  const load = (url: string) =>
    Promise.reject(new TypeError(`Expected data inline but found ${url}`));
  const image = async (url: string): Promise<object> => {
    if (!url.startsWith("data:")) {
      report(`Expected an image as a data URL but found ${url}`);
      return noImage;
    }
    try {
      // Vega writes `src` into the SVG, where Skia's own gives the bytes
      return Object.defineProperty(await skia.loadImage(url), "src", {
        value: url,
      });
    } catch (error) {
      report(`Cannot read an image: ${error}`);
      return noImage;
    }
  };
  return { ...vega.loader(), load, image };
}

/** A loader that knows images, too. */
export interface InlineLoader extends Loader {
  /** Decodes an image; one that cannot be had is empty. */
  readonly image: (url: string) => Promise<object>;
}

const noImage = { complete: false, width: 0, height: 0, src: "" };

async function importDrawing(): Promise<Drawing> {
  const [skia, vega, vegaLite] = await Promise.all([
    loadSkia(),
    import("vega"),
    import("vega-lite"),
  ]);
  const untyped = vega as unknown as UntypedVega; // exported by vega-scenegraph 5.3, missing in its types
  measureText(untyped, skia);
  askLoaderForImages(untyped);
  return { skia, vega, vegaLite };
}

interface UntypedVega {
  readonly font: (item: object) => string;
  readonly textMetrics: { width: (item: object, text: unknown) => number };
  readonly ResourceLoader: {
    readonly prototype: {
      readonly _loader: InlineLoader;
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

function askLoaderForImages({ ResourceLoader }: UntypedVega): void {
  ResourceLoader.prototype.loadImage = async function (url) {
    this._pending += 1; // Vega draws again once this is back at zero
    const image = await this._loader.image(url);
    this._pending -= 1;
    return image;
  };
}
