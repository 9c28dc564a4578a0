/**
 * Notebooks on Deno's kernel: what a value looks like there, and how to write into a cell.
 * @module
 */
import { deno } from "./runtime.ts";

/** What a notebook shows of a value, by media type. */
export type MediaBundle = Readonly<Record<string, string | object>>;

/** The symbol that Deno's kernel looks for. */
const DISPLAY: symbol = Symbol.for("Jupyter.display");

/** Sends a message of Jupyter's protocol to the notebook. */
export type Broadcast = (kind: string, content: object) => Promise<void>;

/**
 * The way to the notebook that this process is the kernel of.
 *
 * @returns A function that sends; `undefined` outside of a notebook.
 */
export function notebook(): Broadcast | undefined {
  try {
    const { jupyter } = deno ?? {};
    if (jupyter === undefined) return undefined;
    return async (kind, content) => {
      await jupyter.broadcast(kind, { ...content });
    };
  } catch {
    return undefined; // Deno throws outside of its kernel
  }
}

/**
 * Gives a value a look in notebooks; elsewhere it stays as it is.
 *
 * @param value The value, which is changed.
 * @param look What to show, asked for when a cell ends with the value.
 * @returns The same value.
 */
export function shownAs<T extends object>(
  value: T,
  look: () => MediaBundle,
): T {
  Object.defineProperty(value, DISPLAY, { value: look, configurable: true });
  return value;
}

/** What a notebook shows of a value, where it was given a look. */
export function lookOf(value: object): MediaBundle | undefined {
  const look = (value as { readonly [DISPLAY]?: () => MediaBundle })[
    DISPLAY as never
  ] as (() => MediaBundle) | undefined; // as `shownAs` sets it
  return look?.();
}

/**
 * A table of numbers in HTML.
 *
 * @param numbers By name.
 * @returns A `table` element.
 */
export function numbersTable(
  numbers: Readonly<Record<string, number>>,
): string {
  const rows = Object.entries(numbers).map(([name, value]) =>
    `<tr><td style="text-align:left">${escaped(name)}</td><td>${
      Number.isInteger(value) ? value : value.toPrecision(6)
    }</td></tr>`
  );
  return `<table>${rows.join("")}</table>`;
}

/** A text as HTML shows it. */
export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
