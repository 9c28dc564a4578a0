/**
 * What a folder takes on the disk.
 * @module
 */
import fs from "node:fs";

/**
 * Adds up the sizes of the files in a folder and the folders below; links count nothing.
 *
 * @param folder The folder.
 * @returns Bytes; 0 where there is no such folder.
 */
export function folderBytes(folder: string): number {
  let sum = 0;
  for (const entry of entriesOf(folder)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) sum += folderBytes(path);
    else if (entry.isFile()) {
      sum += fs.lstatSync(path, { throwIfNoEntry: false })?.size ?? 0;
    }
  }
  return sum;
}

/**
 * Lists a folder.
 *
 * @param folder The folder.
 * @returns Its entries by name; none where it is missing, may not be read, or is a link.
 */
export function entriesOf(folder: string): readonly fs.Dirent[] {
  try {
    if (!fs.lstatSync(folder).isDirectory()) return [];
    return fs.readdirSync(folder, { withFileTypes: true })
      .sort((a, b) => a.name < b.name ? -1 : 1);
  } catch {
    return [];
  }
}
