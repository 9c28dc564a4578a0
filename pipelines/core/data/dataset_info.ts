/**
 * What a run says about the data it saw.
 * @module
 */

/** The data of a run, so that its numbers can be compared with those of others. */
export interface DatasetInfo {
  /** Such as `mnist`, `digits` or the name of the folder that was given. */
  readonly name: string;
  /** SHA-256 of the bytes, without gzip; of several files, that of their `sha256sum` lines in the order read. */
  readonly sha256: string;
  /** Whether the data was made here, not measured in the world. */
  readonly builtIn: boolean;
  /** The folder, the file or the server it came from. */
  readonly origin: string;
  /** Said on the terminal, in the record and in figures where the built-in data stands in for the real one. */
  readonly notice?: string;
}
