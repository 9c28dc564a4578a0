/**
 * Files that appear whole or not at all.
 * @module
 */

/**
 * Writes a file so that a killed process, or a machine without power, leaves the old content or the new one.
 *
 * @param path The file; its folder is made where missing.
 * @param content The new content.
 */
export function writeAtomically(
  path: string,
  content: string | Uint8Array<ArrayBuffer>,
): void {
  const folder = folderOf(path);
  Deno.mkdirSync(folder, { recursive: true });
  const part = `${path}.${crypto.randomUUID()}.part`; // beside it: a rename cannot cross disks
  try {
    writeThrough(part, content);
    Deno.renameSync(part, path);
    syncFolder(folder);
  } catch (error) {
    removeIfThere(part);
    throw error;
  }
}

/**
 * Removes a file, if it is there.
 *
 * @param path The file.
 */
export function removeIfThere(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

function writeThrough(
  path: string,
  content: string | Uint8Array<ArrayBuffer>,
): void {
  const bytes = typeof content === "string"
    ? new TextEncoder().encode(content)
    : content;
  using file = Deno.openSync(path, { write: true, createNew: true });
  for (let from = 0; from < bytes.length;) {
    from += file.writeSync(bytes.subarray(from));
  }
  file.syncSync();
}

/** Makes a rename last; Windows has no such call for folders. */
function syncFolder(folder: string): void {
  if (Deno.build.os === "windows") return;
  using opened = Deno.openSync(folder, { read: true });
  opened.syncSync();
}

function folderOf(path: string): string {
  const end = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
  return end < 0 ? "." : path.slice(0, end + 1);
}
