import { assertEquals, assertGreater } from "@std/assert";
import { circles } from "./circles.ts";
import { sourceFiles } from "./project_files.ts";

Deno.test("no files import each other in a circle", () => {
  assertGreater(sourceFiles.length, 500);
  assertEquals(circles(sourceFiles), []);
});

Deno.test("circles() finds a planted circle once, through types and re-exports too", () => {
  const files = [
    { path: "pipelines/a.ts", text: 'import type { B } from "./b/b.ts";' },
    { path: "pipelines/b/b.ts", text: 'export * from "../c.ts";' },
    { path: "pipelines/c.ts", text: 'const a = await import("./a.ts");' },
    { path: "pipelines/d.ts", text: 'import { a } from "./a.ts";' },
    { path: "pipelines/e.ts", text: 'import "./e.ts";' },
  ];
  assertEquals(circles(files), [
    ["pipelines/a.ts", "pipelines/b/b.ts", "pipelines/c.ts"],
    ["pipelines/e.ts"],
  ]);
  assertEquals(circles(files.slice(0, 2)), []);
});
