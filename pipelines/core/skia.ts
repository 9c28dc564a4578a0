/**
 * The Skia canvas with the package's own fonts, so that text looks the same on every machine.
 * @module
 */
import { Buffer } from "node:buffer";
import { env } from "node:process";

/** The module `skia_canvas`. */
export type Skia = typeof import("skia_canvas");

let loading: Promise<Skia> | undefined;

/**
 * Loads Skia on first use and registers DejaVu Sans, regular and bold.
 *
 * The fonts lie in a module: a package that comes from a registry has no files at a path. The machine's own fonts are
 * not registered: a bare machine has none, and there text vanishes silently.
 *
 * @returns The module, the same one at every call.
 * @throws {Error} If a font is damaged.
 */
export function loadSkia(): Promise<Skia> {
  loading ??= importSkia();
  return loading;
}

async function importSkia(): Promise<Skia> {
  env["DISABLE_SYSTEM_FONTS_LOAD"] = "1"; // read once, at import
  const skia = await import("skia_canvas");
  const { default: fonts } = await import("./fonts/dejavu_sans.json", {
    with: { type: "json" },
  });
  for (const weight of ["regular", "bold"] as const) {
    const bytes = Buffer.from(fonts[weight], "base64");
    if (skia.GlobalFonts.register(bytes) === null) {
      throw new Error(`Cannot register the font ${fonts.family}, ${weight}`);
    }
  }
  return skia;
}
