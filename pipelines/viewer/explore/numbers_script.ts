/**
 * The part of a page's program that reads numbers.
 * @module
 */

/** Bytes, and float32 numbers with the lowest byte first, from Base64. */
export const numbersScript = `
function readBytes(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
function readFloats(base64) {
  const { buffer } = readBytes(base64);
  const view = new DataView(buffer);
  const floats = new Float32Array(buffer.byteLength / 4);
  for (let i = 0; i < floats.length; i++) floats[i] = view.getFloat32(4 * i, true);
  return floats;
}
`;
