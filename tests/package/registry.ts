/**
 * A registry of packages on this machine, as JSR answers: it serves what `publish` includes, and nothing else.
 * @module
 */
import { createHash } from "node:crypto";

/** A registry that runs. */
export interface Registry extends AsyncDisposable {
  /** For `JSR_URL`. */
  readonly url: string;
  /** Paths that were asked for and are not served. */
  readonly missing: readonly string[];
}

interface Config {
  readonly name: string;
  readonly version: string;
  readonly exports: string | Readonly<Record<string, string>>;
  readonly imports?: Readonly<Record<string, string>>;
  readonly publish?: { readonly include?: readonly string[] };
}

interface Package extends Config {
  readonly root: string;
  readonly files: readonly string[];
}

/**
 * Serves packages.
 *
 * @param roots Folders with a `deno.json` each.
 * @returns The registry.
 */
export function serveRegistry(roots: readonly string[]): Registry {
  const packages = new Map(
    roots.map(readPackage).map((one) => [one.name, one] as const),
  );
  const missing: string[] = [];
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    ({ url }) => {
      const path = decodeURIComponent(new URL(url).pathname).slice(1);
      const [, name = "", rest = ""] = /^(@[^/]+\/[^/]+)\/(.*)$/.exec(path) ??
        [];
      const found = packages.get(name);
      const answer = found && answerOf(found, rest);
      if (answer !== undefined) return answer;
      missing.push(path);
      return new Response("none", { status: 404 });
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/`,
    missing,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

function readPackage(root: string): Package {
  const config = JSON.parse(
    Deno.readTextFileSync(`${root}/deno.json`),
  ) as Config; // our own files
  const include = config.publish?.include ?? filesBelow(root, "");
  const files = include.flatMap((path) => filesBelow(root, path));
  return { ...config, root, files };
}

function filesBelow(root: string, path: string): readonly string[] {
  const info = statOf(`${root}/${path}`);
  if (info === undefined) return [];
  if (info.isFile) return [path];
  return [...Deno.readDirSync(`${root}/${path}`)]
    .filter(({ name }) => name !== "node_modules" && !name.startsWith("."))
    .flatMap(({ name }) =>
      filesBelow(root, path === "" ? name : `${path}/${name}`)
    );
}

function statOf(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.statSync(path);
  } catch {
    return undefined;
  }
}

function answerOf(one: Package, path: string): Response | undefined {
  const { name, version, files, exports } = one;
  if (path === "meta.json") {
    const [scope, short] = name.slice(1).split("/");
    const versions = { [version]: {} };
    return Response.json({ scope, name: short, latest: version, versions });
  }
  if (path === `${version}_meta.json`) {
    const manifest = Object.fromEntries(files.map((file) => {
      const bytes = contentOf(one, file);
      const digest = createHash("sha256").update(bytes).digest("hex");
      const entry = { size: bytes.length, checksum: `sha256-${digest}` };
      return [`/${file}`, entry];
    }));
    const all = typeof exports === "string" ? { ".": exports } : exports;
    return Response.json({ exports: all, manifest });
  }
  const file = path.slice(version.length + 1);
  if (!files.includes(file)) return undefined;
  return new Response(contentOf(one, file), {
    headers: { "content-type": typeOf(file) },
  });
}

function typeOf(file: string): string {
  if (file.endsWith(".ts")) return "text/typescript";
  return file.endsWith(".json")
    ? "application/json"
    : "application/octet-stream";
}

function contentOf(
  { root, imports = {} }: Package,
  file: string,
): Uint8Array<ArrayBuffer> {
  const bytes = Deno.readFileSync(`${root}/${file}`);
  if (!file.endsWith(".ts")) return bytes;
  const text = new TextDecoder().decode(bytes);
  return new TextEncoder().encode(resolveImports(text, imports));
}

/** Writes imports by name as the specifiers that they stand for, as `deno publish` does. */
function resolveImports(
  text: string,
  imports: Readonly<Record<string, string>>,
): string {
  const names = Object.keys(imports).sort((a, b) => b.length - a.length);
  const pattern =
    /((?:from|import|import\(|import\.meta\.resolve\()\s*)"([^"\n]+)"/g;
  return text.replace(pattern, (all, head: string, specifier: string) => {
    const name = names.find((name) =>
      specifier === name || specifier.startsWith(`${name}/`)
    );
    if (name === undefined) return all;
    return `${head}"${imports[name]}${specifier.slice(name.length)}"`;
  });
}
