/**
 * A file with a JSON object in each line.
 * @module
 */

/** Reads its objects; nothing where there is no file. */
export function readLines<T>(file: string): readonly T[] {
  try {
    return Deno.readTextFileSync(file).split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as T); // written by this program
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** Appends an object. */
export async function appendLine(file: string, value: object): Promise<void> {
  await Deno.writeTextFile(file, `${JSON.stringify(value)}\n`, {
    append: true,
  });
}
