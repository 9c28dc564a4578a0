import { posix } from "node:path";

/** The folders of stages: each may use what all share, none may use another. */
const STAGE_FOLDERS: ReadonlySet<string> = new Set([
  "load",
  "build",
  "train",
  "evaluate",
  "render",
]);

/** What each room may import from the other rooms; itself always. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  models: [],
  compile: [],
  pipelines: ["models", "compile", "deno.json"],
  tasks: ["pipelines", "models", "mod.ts"],
  "mod.ts": ["compile", "models", "pipelines"],
};

/** Which packages each room may import; the others may import any. */
const PACKAGES: Readonly<Record<string, RegExp>> = {
  models: /^@tensorflow\/tfjs/,
  compile: /^(@tensorflow\/tfjs|@bufbuild\/protobuf|onnxruntime-)/,
  pipelines: /^(?!@std\/assert)/,
  tasks: /^@std\/(cli|path)/,
};

/** Where the compiler meets the machine; modules of Node are found there. */
const NATIVE = "compile/run/native/";

/** Why `file` may not import `specifier`; `undefined` where it may. Paths are relative to the root. */
export function wrongArrow(
  file: string,
  specifier: string,
): string | undefined {
  const room = roomOf(file);
  if (!/^\.{0,2}\//.test(specifier)) {
    if (file.startsWith(NATIVE) && specifier.startsWith("node:")) {
      return undefined;
    }
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
    return wrongStage(file, target);
  }
  return undefined;
}

function roomOf(path: string): string {
  return path.split("/", 1)[0] ?? path;
}

/** A family, a file of `models/` itself, is imported by no other model. */
function wrongModel(file: string, target: string): string | undefined {
  if (file === "models/mod.ts") return undefined;
  const isFamily = target.split("/").length === 2;
  return isFamily
    ? `${file} must not import the model family ${target}`
    : undefined;
}

/** A stage folder imports no other, and what all share (`core`, `entries`) imports none. */
function wrongStage(file: string, target: string): string | undefined {
  const [, from = "", ...below] = file.split("/");
  const [, to = ""] = target.split("/");
  if (from === "experiments") return undefined; // they compose stages of all kinds
  if (!STAGE_FOLDERS.has(to) || from === to || below.length === 0) {
    return undefined;
  }
  return `pipelines/${from} must not import pipelines/${to}`;
}
