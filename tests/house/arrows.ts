import { posix } from "node:path";

/** What each room may import from the other rooms; itself always. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  models: [],
  compile: [],
  pipelines: ["models", "compile", "deno.json"],
  tasks: ["pipelines", "models", "mod.ts"],
  "mod.ts": ["compile", "models", "pipelines"],
};

/** What each shared room of `pipelines` may import from the others; itself always. */
const SHARED: Readonly<Record<string, readonly string[]>> = {
  core: [],
  statistics: [],
  charts: ["core", "statistics"],
  words: ["core", "statistics"],
  training: ["core", "statistics"],
  images: ["core", "statistics", "training"],
  text: ["core", "statistics", "training"],
};

/** The rooms above the wings, which may import any of them and are imported by none. */
const ABOVE: ReadonlySet<string> = new Set(["finished"]);

/** Which packages each room may import; the others may import any. */
const PACKAGES: Readonly<Record<string, RegExp>> = {
  models: /^@tensorflow\/tfjs/,
  compile: /^(@tensorflow\/tfjs|@bufbuild\/protobuf|onnxruntime-)/,
  pipelines: /^(?!@std\/assert|node:)/,
  tasks: /^@std\/(cli|path)/,
};

/** Where the package meets the machine; modules of Node are found there. */
const NATIVE = /^(compile\/run\/native|pipelines\/core)\//;

/** Why `file` may not import `specifier`; `undefined` where it may. Paths are relative to the root. */
export function wrongArrow(
  file: string,
  specifier: string,
): string | undefined {
  const room = roomOf(file);
  if (!/^\.{0,2}\//.test(specifier)) {
    if (NATIVE.test(file) && specifier.startsWith("node:")) return undefined;
    const allowed = PACKAGES[room]?.test(specifier) ?? true;
    return allowed ? undefined : `${room} must not import ${specifier}`;
  }
  const target = posix.join(posix.dirname(file), specifier);
  const targetRoom = roomOf(target);
  const rooms = ROOMS[room];
  if (rooms === undefined) return undefined; // tests, bench, scripts and stand-ins
  if (room !== targetRoom && !rooms.includes(targetRoom)) {
    return `${room} must not import ${targetRoom}`;
  }
  if (room === "models" && targetRoom === "models") {
    return wrongModel(file, target);
  }
  if (room === "pipelines" && targetRoom === "pipelines") {
    return wrongWing(folderOf(file), folderOf(target), file);
  }
  return undefined;
}

function roomOf(path: string): string {
  return path.split("/", 1)[0] ?? path;
}

/** The folder below `pipelines`, such as `vae/iwae`; empty for a file of `pipelines` itself. */
function folderOf(path: string): string {
  return path.split("/").slice(1, -1).join("/");
}

/** A family, a file of `models/` itself, is imported by no other model. */
function wrongModel(file: string, target: string): string | undefined {
  if (file === "models/mod.ts") return undefined;
  const isFamily = target.split("/").length === 2;
  return isFamily
    ? `${file} must not import the model family ${target}`
    : undefined;
}

/** A wing imports shared rooms, its own folder and its ancestors: no sibling, no child, no other wing. */
function wrongWing(
  from: string,
  to: string,
  file: string,
): string | undefined {
  const [room = "", targetRoom = ""] = [roomOf(from), roomOf(to)];
  const wrong = `pipelines/${from} must not import pipelines/${to}`;
  if (from === "" || isSurface(from, to, file)) return undefined; // pipelines/mod.ts
  if (ABOVE.has(room)) return undefined;
  const allowed = SHARED[room];
  if (room === targetRoom) {
    const isInside = from === to || from.startsWith(`${to}/`);
    return allowed !== undefined || isInside ? undefined : wrong;
  }
  const reachable = allowed ?? Object.keys(SHARED);
  return reachable.includes(targetRoom) ? undefined : wrong;
}

/** The public surface of a wing lists what its sub-folders have. */
function isSurface(from: string, to: string, file: string): boolean {
  return file === `pipelines/${from}/mod.ts` && to.startsWith(`${from}/`);
}
