import { join, relative } from "@std/path";

/** The part of `deno.json` that scripts read or change. */
export interface Config {
  readonly exports: string | Readonly<Record<string, string>>;
  readonly links?: readonly string[];
  readonly nodeModulesDir?: string;
  readonly publish: { readonly include: readonly string[] };
}

/** The folder of `deno.json`. */
export const root: string = join(import.meta.dirname ?? ".", "..");

/** Reads `deno.json`. */
export async function readConfig(): Promise<Config> {
  const text = await Deno.readTextFile(join(root, "deno.json"));
  return JSON.parse(text) as Config; // our own file, whose form the house tests check
}

/** Copies files and folders of the project into a new temporary folder, and writes a `deno.json` there. */
export async function stageCopy(
  paths: readonly string[],
  config: Config,
): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "lowerbound-" });
  for (const path of paths) await copy(join(root, path), folder);
  await Deno.writeTextFile(
    join(folder, "deno.json"),
    JSON.stringify(config, null, 2),
  );
  return folder;
}

/** Copies what exists: a room may still be empty. */
async function copy(source: string, folder: string): Promise<void> {
  const info = await statOrUndefined(source);
  if (info === undefined) return;
  const target = join(folder, relative(root, source));
  if (info.isFile) {
    await Deno.mkdir(join(target, ".."), { recursive: true });
    await Deno.copyFile(source, target);
    return;
  }
  for await (const entry of Deno.readDir(source)) {
    await copy(join(source, entry.name), folder);
  }
}

async function statOrUndefined(
  path: string,
): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Runs the same Deno in a folder, on this terminal; returns its exit code. */
export async function runDeno(
  folder: string,
  args: readonly string[],
): Promise<number> {
  const command = new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: folder,
    stdin: "null",
  });
  return (await command.spawn().status).code;
}
