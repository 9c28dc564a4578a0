/**
 * What a text of JSON holds that `JSON.parse` takes without a word: a name twice, or depth without end.
 * @module
 */

/** JSON that means two things, or nests without end. */
export class UnclearJsonError extends SyntaxError {
  /** The class name, as printed in a stack trace. */
  override readonly name = "UnclearJsonError";
}

/** The most values inside one another: far more than any file of a run has. */
const DEEPEST = 100;

/**
 * Refuses texts that mean two things, or that no reader can walk through.
 *
 * @param text The text, which need not be JSON.
 * @param source Where it came from, for errors.
 * @throws {UnclearJsonError} If an object has a name twice or the name `__proto__`, or values nest deeper than 100.
 */
export function checkJson(text: string, source: string): void {
  const open: (Set<string> | undefined)[] = []; // names so far of each open object; a list has none
  let expectsName = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === "{" || sign === "[") {
      open.push(sign === "{" ? new Set() : undefined);
      if (open.length > DEEPEST) throw tooDeep(source);
      expectsName = sign === "{";
    } else if (sign === "}" || sign === "]") {
      open.pop();
      expectsName = false;
    } else if (sign === ",") {
      expectsName = open.at(-1) !== undefined;
    } else if (sign === '"') {
      const end = endOfString(text, at);
      if (expectsName) {
        takeName(nameOf(text.slice(at, end + 1)), open.at(-1), source);
      }
      expectsName = false;
      at = end;
    }
  }
}

function takeName(
  name: string,
  names: Set<string> | undefined,
  source: string,
): void {
  if (name === "__proto__") {
    throw new UnclearJsonError(
      `Expected ${source} not to use the name "__proto__"`,
    );
  }
  if (names?.has(name)) {
    throw new UnclearJsonError(
      `Expected ${source} to have the name "${name}" once but found it twice`,
    );
  }
  names?.add(name);
}

/** What a string says; as it is written where it is no JSON, which the parser tells. */
function nameOf(written: string): string {
  try {
    return String(JSON.parse(written));
  } catch {
    return written;
  }
}

/** The place of the quotation mark that ends the string. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}

function tooDeep(source: string): UnclearJsonError {
  return new UnclearJsonError(
    `Expected ${source} to nest at most ${DEEPEST} deep but it goes deeper`,
  );
}
