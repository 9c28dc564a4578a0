/**
 * Files of parallel text.
 * @module
 */
import type { DataFile } from "../../core/data/known_data.ts";
import type { ParallelSplit, ParallelText } from "./parallel_text.ts";

/**
 * Reads a file of one sentence a line, in UTF-8.
 *
 * @param file The file; a byte order mark and carriage returns are taken away, and white space around each line.
 * @returns Its lines.
 * @throws {SyntaxError} If it is empty, or not UTF-8, naming the first line that is not.
 */
export function parseLines(file: DataFile): readonly string[] {
  const strict = new TextDecoder("utf-8", { fatal: true });
  try {
    const text = strict.decode(file.bytes);
    if (text.trim() === "") {
      throw new SyntaxError(`Expected sentences but ${file.path} is empty`);
    }
    return text.replace(/\n$/, "").split("\n").map((line) => line.trim());
  } catch (error) {
    if (error instanceof SyntaxError) throw error;
    throw new SyntaxError(
      `Expected UTF-8 text in ${file.path} but found other bytes in line ${
        firstBrokenLine(file.bytes)
      }`,
      { cause: error },
    );
  }
}

/** No byte of a longer UTF-8 sequence is a new line, so that lines can be decoded apart. */
function firstBrokenLine(bytes: Uint8Array<ArrayBuffer>): number {
  const strict = new TextDecoder("utf-8", { fatal: true });
  for (let from = 0, line = 1; from < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, from);
    const to = end < 0 ? bytes.length : end;
    try {
      strict.decode(bytes.subarray(from, to));
    } catch {
      return line;
    }
    from = to + 1;
  }
  return 0; // the caller found one
}

/**
 * Joins the lines of several languages.
 *
 * @param files Names and lines of each language.
 * @returns The sentences that are not empty in any language, composed (NFC), and what was left out.
 * @throws {SyntaxError} If the files have different numbers of lines, or no line is full in all languages.
 */
export function joinLines(
  files: readonly {
    readonly language: string;
    readonly path: string;
    readonly lines: readonly string[];
  }[],
): ParallelSplit {
  const [first] = files;
  const read = first?.lines.length ?? 0;
  const other = files.find(({ lines }) => lines.length !== read);
  if (first && other) {
    throw new SyntaxError(
      `Expected as many lines in ${other.path} as in ${first.path}, ${read}, but found ${other.lines.length}`,
    );
  }
  const isFull = Array.from(
    { length: read },
    (_, i) => files.every(({ lines }) => lines[i] !== ""),
  );
  let composed = 0;
  const lines = files.map(({ language, lines }) => {
    const kept = lines.filter((_, i) => isFull[i]).map((line) => {
      const one = line.normalize("NFC");
      if (one !== line) composed++;
      return one;
    });
    return [language, kept] as const;
  });
  const empty = isFull.filter((is) => !is).length;
  if (first && empty === read) {
    throw new SyntaxError(
      `Expected sentences in all languages but each of the ${read} lines of ${first.path} is empty in one of them`,
    );
  }
  return {
    lines: Object.fromEntries(lines),
    counts: { read, empty, composed },
  };
}

/**
 * Reads the files of parallel text.
 *
 * @param files For each language training, validation and test, in the order of the languages.
 * @param languages Their names.
 * @returns The splits.
 * @throws {SyntaxError} If a file is empty or not UTF-8, or the languages have different numbers of lines.
 */
export function parseParallel(
  files: readonly DataFile[],
  languages: readonly string[],
): ParallelText {
  const perLanguage = files.length / languages.length;
  const split = (at: number) =>
    joinLines(languages.map((language, i) => {
      const file = files[i * perLanguage + at]!; // three for each language
      return { language, path: file.path, lines: parseLines(file) };
    }));
  return {
    languages,
    train: split(0),
    validation: split(1),
    test: split(2),
  };
}
