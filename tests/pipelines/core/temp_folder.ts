/** A folder that lives until the end of its block. */
export interface TempFolder extends Disposable {
  readonly path: string;
}

/** Makes an empty folder. */
export function tempFolder(): TempFolder {
  const path = Deno.makeTempDirSync();
  return {
    path,
    [Symbol.dispose]: () => Deno.removeSync(path, { recursive: true }),
  };
}
