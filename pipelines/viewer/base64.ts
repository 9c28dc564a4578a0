/**
 * Bytes as text within a page.
 * @module
 */

/** Writes bytes in Base64 (RFC 4648, section 4). */
export function encodeBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let from = 0; from < bytes.length; from += 0x6000) { // a multiple of 3
    parts.push(
      btoa(String.fromCharCode(...bytes.subarray(from, from + 0x6000))),
    );
  }
  return parts.join("");
}
