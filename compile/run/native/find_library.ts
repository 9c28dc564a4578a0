import { createRequire } from "node:module";

/** Names of the library, as the package's own module asks for it. */
const LIBRARIES: Readonly<Record<string, string>> = {
  linux: "libonnxruntime.so.1",
  darwin: "libonnxruntime.1.dylib",
  windows: "onnxruntime.dll",
};

/**
 * Finds the library that the package has loaded, which lies beside its module.
 *
 * @returns Nothing where its functions may not be called.
 */
export function findLibrary(): string | undefined {
  if (!("Deno" in globalThis)) return undefined;
  const permission = Deno.permissions.querySync({ name: "ffi" });
  const library = LIBRARIES[Deno.build.os];
  if (permission.state !== "granted" || !library) return undefined;
  const loaded = Object.keys(createRequire(ANYWHERE).cache); // one for all modules
  const binding = loaded.find((path) => path.endsWith(BINDING));
  return binding?.slice(0, -BINDING.length).concat(library);
}

/** The package's own module. */
const BINDING = "onnxruntime_binding.node";

/** A place that every system takes for absolute. */
const ANYWHERE = "file:///C:/";
