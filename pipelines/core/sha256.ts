/**
 * SHA-256 of bytes.
 * @module
 */

/**
 * Computes the SHA-256 of bytes.
 *
 * @param bytes What to digest.
 * @returns 64 hexadecimal digits.
 */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
