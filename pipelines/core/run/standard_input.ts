/**
 * What a person types, or another program writes.
 * @module
 */

/**
 * Reads the standard input line by line, as lines come.
 *
 * @returns Lines without their ends; the last one also where no new line follows it.
 * @throws {TypeError} If the input is not UTF-8.
 */
export async function* readInputLines(): AsyncGenerator<string> {
  let rest = "";
  const decoder = new TextDecoderStream("utf-8", { fatal: true });
  for await (const chunk of Deno.stdin.readable.pipeThrough(decoder)) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop()!; // never empty
    for (const line of lines) yield line.replace(/\r$/, "");
  }
  if (rest !== "") yield rest;
}
