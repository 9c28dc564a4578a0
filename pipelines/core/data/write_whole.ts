/**
 * Files that appear whole or not at all.
 * @module
 */
import { expectGranted } from "./permission.ts";

/**
 * Writes a file so that a killed process leaves the old content or the new one, never a part.
 *
 * @param path The file; its folder is made where missing.
 * @param bytes The new content.
 * @throws {Deno.errors.NotCapable} If writing is not granted.
 */
export async function writeWhole(
  path: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const folder = path.slice(0, path.lastIndexOf("/"));
  expectGranted({ name: "write", path: folder }, `--allow-write=${folder}`);
  await Deno.mkdir(folder, { recursive: true });
  const part = `${path}.${crypto.randomUUID()}.part`; // in the same folder: a rename cannot cross disks
  try {
    await writeThrough(part, bytes);
    await Deno.rename(part, path);
  } catch (error) {
    await Deno.remove(part).catch(() => {}); // the first error says why
    throw error;
  }
}

async function writeThrough(
  path: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  using file = await Deno.open(path, { write: true, createNew: true });
  for (let from = 0; from < bytes.length;) {
    from += await file.write(bytes.subarray(from));
  }
  await file.sync();
}
