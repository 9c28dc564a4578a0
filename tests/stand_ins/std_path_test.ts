import { assertEquals, assertThrows } from "@std/assert";
import {
  basename,
  dirname,
  extname,
  fromFileUrl,
  isAbsolute,
  join,
  normalize,
  relative,
  resolve,
  SEPARATOR,
  toFileUrl,
} from "@std/path";

const windows = Deno.build.os === "windows";

/** A path written with `/`, as the running system writes it. */
function native(path: string): string {
  const rooted = windows ? path.replace(/^\//, "C:\\") : path;
  return rooted.replaceAll("/", SEPARATOR);
}

const paths: readonly (readonly [string, () => string, string])[] = [
  ["basename", () => basename(native("/runs/a/run.json")), "run.json"],
  ["basename", () => basename(native("/runs/a/")), "a"],
  ["basename", () => basename(native("/runs/run.json"), ".json"), "run"],
  ["dirname", () => dirname(native("/runs/a/run.json")), native("/runs/a")],
  ["dirname", () => dirname("run.json"), "."],
  ["extname", () => extname(native("a.b/model.tar.gz")), ".gz"],
  ["extname", () => extname(".hidden"), ""],
  ["extname", () => extname("name"), ""],
  ["join", () => join("runs", "a", "..", "b", "./run.json"), "runs/b/run.json"],
  ["join", () => join("", ""), "."],
  ["normalize", () => normalize(native("runs//a/../b/.")), "runs/b"],
  ["relative", () => relative(native("/a/b/c"), native("/a/d")), "../../d"],
  ["relative", () => relative(native("/a"), native("/a")), ""],
  ["resolve", () => resolve(native("/a"), "b", "../c"), native("/a/c")],
  ["resolve", () => resolve("b"), join(Deno.cwd(), "b")],
];

for (const [index, [name, run, expected]] of paths.entries()) {
  Deno.test(`${name}() gives "${expected}" (case ${index})`, () => {
    assertEquals(run(), native(expected));
  });
}

Deno.test("isAbsolute() tells rooted paths from others", () => {
  assertEquals(isAbsolute(native("/a")), true);
  assertEquals(isAbsolute(native("a/b")), false);
});

Deno.test("toFileUrl() and fromFileUrl() undo each other, with escapes", () => {
  const path = native("/data sets/50%/a#b?.gz");
  const url = toFileUrl(path);
  assertEquals(url.pathname.endsWith("/data%20sets/50%25/a%23b%3F.gz"), true);
  assertEquals(fromFileUrl(url), path);
  assertEquals(fromFileUrl(url.href), path);
});

Deno.test("toFileUrl() refuses a relative path", () => {
  assertThrows(() => toFileUrl("a/b"), TypeError, "absolute");
});

Deno.test("fromFileUrl() refuses a URL of another kind", () => {
  assertThrows(() => fromFileUrl("https://a.b/c"), TypeError, "file URL");
});
