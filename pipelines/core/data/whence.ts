/**
 * Where data would come from, told before anything runs.
 * @module
 */
import { findData } from "./find_data.ts";
import { type DataSource, namedBy } from "./load_data.ts";
import { listFiles } from "./list_files.ts";

/**
 * Says where the data that `--data` asks for would come from, without downloading anything.
 *
 * @param request What `--data` asks for.
 * @param source The kind of data.
 * @returns A sentence, or a few: the folder, the file, the mirrors, or what was looked for in vain.
 */
export async function whence<T>(
  request: string,
  source: DataSource<T>,
): Promise<string> {
  const { builtIn } = source;
  if (request === builtIn.name) return `built-in ${builtIn.name}`;
  const named = namedBy(request, source);
  if (named === undefined) return await ofPath(request);
  const { known } = named;
  const bare = known.files.map((file) => ({ ...file, urls: [] }));
  const found = await findData({ ...known, files: bare }, {
    note: () => {},
    signal: new AbortController().signal,
    silenceMs: 0,
  });
  if ("files" in found) {
    return `${known.name} from ${found.origin}: ${
      counted(known.files.length)
    } with the right checksums`;
  }
  const hosts = known.files[0]?.urls.map((url) => new URL(url).host) ?? [];
  const missing = hosts.length === 0
    ? `${known.name}, which no place has`
    : `${known.name}, to be downloaded from ${hosts.join(" or ")}`;
  return request === "auto"
    ? `${missing}; else built-in ${builtIn.name}`
    : missing;
}

async function ofPath(path: string): Promise<string> {
  try {
    const listed = await listFiles(path);
    return listed === undefined
      ? `the file ${path}`
      : `the folder ${path} with ${counted(listed.length)}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function counted(files: number): string {
  return files === 1 ? "1 file" : `${files} files`;
}
