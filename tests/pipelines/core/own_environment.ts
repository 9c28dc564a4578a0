import process from "node:process";

/**
 * Changes environment variables until the end of a block, for the code of this test file alone: other files of tests may
 * run in the same process at the same time.
 *
 * @param changes Values by name; undefined where a variable is to be unset.
 */
export function ownEnvironment(
  changes: Readonly<Record<string, string | undefined>>,
): Disposable {
  const shared = process.env;
  process.env = Object.setPrototypeOf({ ...changes }, shared);
  return { [Symbol.dispose]: () => void (process.env = shared) };
}
