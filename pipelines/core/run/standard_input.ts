/**
 * What a person types, or another program writes.
 * @module
 */

/**
 * Reads an input line by line, as lines come.
 *
 * @param input Bytes; the standard input unless given.
 * @returns Lines without their ends; the last one also where no new line follows it.
 * @throws {TypeError} If the input is not UTF-8.
 */
export async function* readInputLines(
  input: ReadableStream<Uint8Array<ArrayBuffer>> = Deno.stdin.readable,
): AsyncGenerator<string> {
  let rest = "";
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for await (const chunk of input) {
    const lines = (rest + decode(chunk, decoder)).split("\n");
    rest = lines.pop()!; // never empty
    for (const line of lines) yield line.replace(/\r$/, "");
  }
  rest += decode(new Uint8Array(0), decoder, "last");
  if (rest !== "") yield rest.replace(/\r$/, "");
}

function decode(
  chunk: Uint8Array<ArrayBuffer>,
  decoder: TextDecoder,
  place: "last" | "before others" = "before others",
): string {
  try {
    return decoder.decode(chunk, { stream: place !== "last" });
  } catch {
    throw new TypeError("Expected the standard input to be UTF-8");
  }
}
