/**
 * The Skia canvas with the package's own fonts, so that text looks the same on every machine.
 * @module
 */
import { fileURLToPath } from "node:url";

/** The module `skia_canvas`. */
export type Skia = typeof import("skia_canvas");

let loading: Promise<Skia> | undefined;

/**
 * Loads Skia on first use and registers DejaVu Sans, regular and bold.
 *
 * The machine's own fonts are not registered: a bare machine has none, and there text vanishes silently.
 *
 * @returns The module, the same one at every call.
 * @throws {Error} If a font file is missing or damaged.
 */
export function loadSkia(): Promise<Skia> {
  loading ??= importSkia();
  return loading;
}

async function importSkia(): Promise<Skia> {
  Deno.env.set("DISABLE_SYSTEM_FONTS_LOAD", "1"); // read once, at import
  const skia = await import("skia_canvas");
  const fonts = [
    import.meta.resolve(
      "@fontsource/dejavu-sans/files/dejavu-sans-latin-400-normal.woff",
    ),
    import.meta.resolve(
      "@fontsource/dejavu-sans/files/dejavu-sans-latin-700-normal.woff",
    ),
  ];
  for (const font of fonts) {
    if (!skia.GlobalFonts.registerFromPath(fileURLToPath(font))) {
      throw new Error(`Cannot register the font ${font}`);
    }
  }
  return skia;
}
