import type { Class } from "./assert.ts";
import { AssertionError, suffix } from "./assertion_error.ts";

/** Throws unless `fn` throws; returns what it threw. */
export function assertThrows(fn: () => unknown, msg?: string): unknown;
/** Throws unless `fn` throws an `ErrorClass` whose message includes `msgIncludes`; returns it. */
export function assertThrows<E extends Error>(
  fn: () => unknown,
  ErrorClass: Class<E>,
  msgIncludes?: string,
  msg?: string,
): E;
export function assertThrows(
  fn: () => unknown,
  classOrNote?: Class<Error> | string,
  msgIncludes?: string,
  msg?: string,
): unknown {
  const [wanted, note] = readArguments(classOrNote, msgIncludes, msg);
  let error: unknown;
  try {
    fn();
  } catch (thrown) {
    error = thrown;
    if (wanted === undefined) return error;
    if (!(error instanceof Error)) {
      throw new AssertionError(`A non-Error object was thrown${suffix(note)}`);
    }
    assertIsError(error, wanted, msgIncludes, note);
    return error;
  }
  throw new AssertionError(`Expected function to throw${suffix(note)}`);
}

/** Rejects unless the promise of `fn` rejects; resolves to the reason. */
export function assertRejects(
  fn: () => PromiseLike<unknown>,
  msg?: string,
): Promise<unknown>;
/** Rejects unless `fn` rejects with an `ErrorClass` whose message includes `msgIncludes`. */
export function assertRejects<E extends Error>(
  fn: () => PromiseLike<unknown>,
  ErrorClass: Class<E>,
  msgIncludes?: string,
  msg?: string,
): Promise<E>;
export async function assertRejects(
  fn: () => PromiseLike<unknown>,
  classOrNote?: Class<Error> | string,
  msgIncludes?: string,
  msg?: string,
): Promise<unknown> {
  const [wanted, note] = readArguments(classOrNote, msgIncludes, msg);
  let promise: PromiseLike<unknown> | undefined;
  try {
    promise = fn();
    await promise;
  } catch (error) {
    if (promise === undefined) {
      throw new AssertionError(
        `Function throws when expected to reject${suffix(note)}`,
      );
    }
    if (wanted === undefined) return error;
    if (!(error instanceof Error)) {
      throw new AssertionError(
        `A non-Error object was rejected${suffix(note)}`,
      );
    }
    assertIsError(error, wanted, msgIncludes, note);
    return error;
  }
  throw new AssertionError(`Expected function to reject${suffix(note)}`);
}

/** Throws unless `error` is an `ErrorClass` whose message includes, or matches, `msgMatches`. */
export function assertIsError<E extends Error = Error>(
  error: unknown,
  ErrorClass?: Class<E>,
  msgMatches?: string | RegExp,
  msg?: string,
): asserts error is E {
  if (!(error instanceof Error)) {
    throw new AssertionError(
      `Expected "error" to be an Error object${suffix(msg)}`,
    );
  }
  if (ErrorClass !== undefined && !(error instanceof ErrorClass)) {
    throw new AssertionError(
      `Expected error to be instance of "${ErrorClass.name}", but was "${error.constructor.name}"${
        suffix(msg)
      }`,
    );
  }
  if (msgMatches === undefined || includes(error.message, msgMatches)) return;
  const wanted = typeof msgMatches === "string"
    ? JSON.stringify(msgMatches)
    : String(msgMatches);
  throw new AssertionError(
    `Expected error message to include ${wanted}, but got ${
      JSON.stringify(error.message)
    }${suffix(msg)}`,
  );
}

function includes(message: string, wanted: string | RegExp): boolean {
  const plain = stripAnsi(message);
  return typeof wanted === "string"
    ? plain.includes(stripAnsi(wanted))
    : wanted.test(plain);
}

function stripAnsi(text: string): string {
  // deno-lint-ignore no-control-regex -- the escape that starts a colour code
  return text.replace(/\x1b\[[0-9;]*m/g, "");
}

/** Either a class, a part of its message and a note, or the note alone. */
function readArguments(
  classOrNote: Class<Error> | string | undefined,
  msgIncludes: string | undefined,
  msg: string | undefined,
): readonly [Class<Error> | undefined, string | undefined] {
  if (typeof classOrNote !== "string") return [classOrNote, msg];
  if (msgIncludes !== undefined) {
    throw new TypeError(
      "Expected an error class before the message to include",
    );
  }
  return [undefined, classOrNote];
}
