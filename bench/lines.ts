/** Cuts a stream of bytes into lines. */
export async function* lines(
  bytes: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<string> {
  let rest = "";
  for await (const text of bytes.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + text).split("\n");
    rest = parts.pop()!; // split gives one part at least
    yield* parts;
  }
  if (rest !== "") yield rest;
}
