/**
 * What only Deno has; the package runs in Node and Bun without it.
 * @module
 */

/** Deno's own functions; undefined in another runtime. */
export const deno: typeof Deno | undefined =
  (globalThis as { readonly Deno?: typeof Deno }).Deno; // absent in Node and Bun
