/**
 * SHA-256 of bytes.
 * @module
 */
import { hex } from "./hex.ts";

/**
 * Computes the SHA-256 of bytes.
 *
 * @param bytes What to digest.
 * @returns 64 hexadecimal digits.
 */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}
