import { CompileError } from "../compile_error.ts";

/** Ambient sources of random numbers. */
const SOURCES = [
  { owner: Math, name: "random" },
  { owner: globalThis.crypto, name: "getRandomValues" },
  { owner: globalThis.crypto, name: "randomUUID" },
] as const;

/**
 * Runs a function, and notes whether it draws random numbers that no graph can draw anew.
 *
 * @returns Its result, and the name of the source, if there is one.
 */
export function watchRandomness<T>(
  run: () => T,
): { readonly result: T; readonly source: string | undefined } {
  let source: string | undefined;
  const restore = SOURCES.map(({ owner, name }) => {
    const own = Object.getOwnPropertyDescriptor(owner, name);
    const draw: unknown = Reflect.get(owner, name);
    const watched = (...given: readonly unknown[]): unknown => {
      source ??= owner === Math ? `Math.${name}()` : `crypto.${name}()`;
      return Reflect.apply(draw as () => unknown, owner, given); // a function of the platform
    };
    const property = { value: watched, configurable: true, writable: true };
    Object.defineProperty(owner, name, property);
    return () => {
      if (own) Object.defineProperty(owner, name, own);
      else Reflect.deleteProperty(owner, name);
    };
  });
  try {
    return { result: run(), source };
  } finally {
    restore.forEach((put) => put());
  }
}

/**
 * Refuses a function that draws random numbers: what they decide would be decided once and for all.
 *
 * @throws {CompileError} If there is a source.
 */
export function refuseRandomness(source: string | undefined): void {
  if (source === undefined) return;
  throw new CompileError(
    `Cannot compile a function that calls ${source}: what it decides would be the same at every run; draw outside and pass the numbers as an input`,
  );
}
