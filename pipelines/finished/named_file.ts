/**
 * A file before it is written.
 * @module
 */

/** A file's name and its bytes. */
export type NamedFile = readonly [name: string, bytes: Uint8Array];
