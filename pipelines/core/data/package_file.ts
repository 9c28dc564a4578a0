/**
 * Files that come with the package.
 * @module
 */
import { readFile } from "node:fs/promises";
import { sha256 } from "../sha256.ts";

/** A file of the package, whose every byte is known. */
export interface PackageFile {
  /** Below the root of the package, such as `fixtures/features/mnist_1.safetensors`. */
  readonly path: string;
  /** SHA-256 of its bytes. */
  readonly sha256: string;
}

/**
 * Reads a file of the package.
 *
 * @param file Which one.
 * @returns Its bytes.
 * @throws {Error} If it is missing, may not be read, or is not the known one.
 */
export async function readPackageFile(
  file: PackageFile,
): Promise<Uint8Array<ArrayBuffer>> {
  const url = new URL(`../../../${file.path}`, import.meta.url);
  const bytes = url.protocol === "file:"
    ? new Uint8Array(await readFile(url))
    : await fetchBytes(url);
  const found = await sha256(bytes);
  if (found === file.sha256) return bytes;
  throw new Error(
    `Expected SHA-256 ${file.sha256} of ${url} but found ${found}`,
  );
}

async function fetchBytes(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url);
  if (response.ok) return new Uint8Array(await response.arrayBuffer());
  throw new Error(
    `Expected to read ${url} but found status ${response.status}`,
  );
}
