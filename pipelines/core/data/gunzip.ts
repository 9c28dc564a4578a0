/**
 * Takes gzip away from a file's bytes.
 * @module
 */
import { gunzipSync } from "node:zlib";

/**
 * Inflates a gzip file, of one member or several; bytes without gzip's magic number come back as they are.
 *
 * @param bytes The file's bytes.
 * @param file Names the file in errors.
 * @param most The most bytes that may come out.
 * @returns The bytes without gzip.
 * @throws {SyntaxError} If the gzip stream is truncated, damaged or followed by other bytes than zeros.
 * @throws {RangeError} If more bytes come out.
 */
export function gunzip(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  most: number,
): Uint8Array<ArrayBuffer> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) { // RFC 1952, section 2.3.1
    if (bytes.length > most) throw tooLarge(file, most);
    return bytes;
  }
  try {
    const inflated = gunzipSync(bytes, { maxOutputLength: most });
    return new Uint8Array(inflated); // of its own, not of a shared pool
  } catch (error) {
    if (codeOf(error) === "ERR_BUFFER_TOO_LARGE") throw tooLarge(file, most);
    throw new SyntaxError(
      `Expected a whole gzip stream in ${file} but found ${bytes.length} bytes that are truncated or damaged`,
      { cause: error },
    );
  }
}

/** The error of a file that is larger than it may be. */
export function tooLarge(file: string, most: number): RangeError {
  return new RangeError(
    `Expected ${file} to hold at most ${most} bytes without gzip but it is larger`,
  );
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
