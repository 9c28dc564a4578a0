import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The path of a `file:` URL. Throws a `TypeError` for any other URL. */
export function fromFileUrl(url: string | URL): string {
  const { protocol, href } = new URL(url);
  if (protocol !== "file:") {
    throw new TypeError(`URL must be a file URL: received "${protocol}"`);
  }
  return fileURLToPath(href);
}

/** The `file:` URL of an absolute path. Throws a `TypeError` for a relative one. */
export function toFileUrl(filePath: string): URL {
  if (!path.isAbsolute(filePath)) {
    throw new TypeError(`Path must be absolute: received "${filePath}"`);
  }
  return new URL(pathToFileURL(filePath).href);
}
