/**
 * Takes gzip away from a file's bytes.
 * @module
 */

/**
 * Inflates a gzip file; bytes without gzip's magic number come back as they are.
 *
 * @param bytes The file's bytes.
 * @param file Names the file in errors.
 * @returns The bytes without gzip.
 * @throws {SyntaxError} If the gzip stream is truncated, damaged or followed by other bytes.
 */
export async function gunzip(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
): Promise<Uint8Array<ArrayBuffer>> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes; // RFC 1952, section 2.3.1
  const inflated = new Blob([bytes]).stream()
    .pipeThrough(new DecompressionStream("gzip"));
  try {
    return await new Response(inflated).bytes();
  } catch (error) {
    throw new SyntaxError(
      `Expected one whole gzip stream in ${file} but found ${bytes.length} bytes that are truncated or damaged`,
      { cause: error },
    );
  }
}
