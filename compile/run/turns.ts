/**
 * In which order runs of compiled functions come.
 * @module
 */

/** The end of the last work that ran alone. */
let last: Promise<unknown> = Promise.resolve();
/** Ends of what runs side by side. */
const beside = new Set<Promise<unknown>>();

/** Runs after all that was asked for before is done: what changes variables never overlaps with anything. */
export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const before = beside.size === 0 ? last : Promise.all([last, ...beside]);
  const result = before.then(work);
  last = result.catch(() => {}); // a failure is its caller's alone
  return result;
}

/** Runs after all that was asked for before and runs alone is done, beside others that change nothing. */
export function sideBySide<T>(work: () => Promise<T>): Promise<T> {
  const result = last.then(work);
  const end: Promise<unknown> = result.catch(() => {})
    .then(() => beside.delete(end));
  beside.add(end);
  return result;
}
