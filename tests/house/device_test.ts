import { assertEquals } from "@std/assert";
import { sourceFiles } from "./project_files.ts";

/** Calls of `compile()` that do not hand on where to compute. */
function placeless(text: string): readonly string[] {
  const calls = [...text.matchAll(/\bcompile\(/g)].map(({ index }) =>
    callAt(text, index + "compile".length)
  );
  return calls.filter((call) =>
    !/\.\.\.device\b/.test(call) &&
    !(/\bdevice\b/.test(call) && /\bthreads\b/.test(call))
  );
}

/** From an opening bracket to the one that closes it. */
function callAt(text: string, from: number): string {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === "(") depth++;
    if (text[at] === ")" && --depth === 0) return text.slice(from, at + 1);
  }
  return text.slice(from);
}

Deno.test("every stage computes on the device, and with the threads, that it was given", () => {
  const faults = sourceFiles
    .filter(({ path, text }) =>
      path.startsWith("pipelines/") && text.includes("compile/compile.ts")
    )
    .flatMap(({ path, text }) => {
      const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
      return placeless(code).map((call) => `${path}: ${call.slice(0, 80)}`);
    });
  assertEquals(faults, []);
});

Deno.test("a call of compile() without a device or without threads is found", () => {
  const text = "await compile((x) => f(x), { inputs: {}, device, threads });";
  assertEquals(placeless(text), []);
  assertEquals(placeless(text.replace("device, ", "")).length, 1);
  assertEquals(placeless(text.replace(", threads", "")).length, 1);
});
