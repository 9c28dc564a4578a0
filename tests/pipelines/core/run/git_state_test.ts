import { assertEquals } from "@std/assert";
import { gitState } from "../../../../pipelines/core/run/git_state.ts";
import { tempFolder } from "../temp_folder.ts";

const COMMIT = "ba891046e6505d7aadcbbe25680a0738ad16aec9";
/** `printf 'hello\n' | git hash-object --stdin` */
const HELLO = "ce013625030ba8dba906f756967f9e9ca394464a";

/** An index of version 2 with one file, as git-scm.com/docs/index-format lays it out. */
function indexOf(name: string, blob: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(12 + Math.ceil((62 + name.length + 1) / 8) * 8);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode("DIRC"));
  view.setUint32(4, 2);
  view.setUint32(8, 1);
  view.setUint32(12 + 24, 0o100644);
  bytes.set(Uint8Array.fromHex(blob), 12 + 40);
  view.setUint16(12 + 60, name.length);
  bytes.set(new TextEncoder().encode(name), 12 + 62);
  return bytes;
}

/** A checkout of one file on the branch `main`. */
function checkOut(root: string): void {
  Deno.mkdirSync(`${root}/.git/refs/heads`, { recursive: true });
  Deno.writeTextFileSync(`${root}/.git/HEAD`, "ref: refs/heads/main\n");
  Deno.writeTextFileSync(`${root}/.git/refs/heads/main`, `${COMMIT}\n`);
  Deno.writeFileSync(`${root}/.git/index`, indexOf("hello.txt", HELLO));
  Deno.writeTextFileSync(`${root}/hello.txt`, "hello\n");
}

Deno.test("gitState() reads the commit and sees a changed or missing file", () => {
  using folder = tempFolder();
  checkOut(folder.path);
  assertEquals(gitState(folder.path), { commit: COMMIT, dirty: false });
  Deno.writeTextFileSync(`${folder.path}/hello.txt`, "hallo\n");
  assertEquals(gitState(folder.path), { commit: COMMIT, dirty: true });
  Deno.removeSync(`${folder.path}/hello.txt`);
  assertEquals(gitState(folder.path), { commit: COMMIT, dirty: true });
});

Deno.test("gitState() reads the head and the index of one of several working trees", () => {
  using folder = tempFolder();
  const [main, tree] = [`${folder.path}/main`, `${folder.path}/tree`];
  checkOut(main);
  const own = `${main}/.git/worktrees/tree`;
  Deno.mkdirSync(own, { recursive: true });
  Deno.mkdirSync(tree);
  const other = COMMIT.replace("b", "c");
  Deno.writeTextFileSync(`${main}/.git/refs/heads/other`, `${other}\n`);
  Deno.writeTextFileSync(`${own}/HEAD`, "ref: refs/heads/other\n");
  Deno.writeTextFileSync(`${own}/commondir`, "../..\n");
  Deno.writeFileSync(`${own}/index`, indexOf("hello.txt", HELLO));
  Deno.writeTextFileSync(`${tree}/.git`, `gitdir: ${own}\n`);
  Deno.writeTextFileSync(`${tree}/hello.txt`, "hello\n");
  assertEquals(gitState(tree), { commit: other, dirty: false });
  assertEquals(gitState(main), { commit: COMMIT, dirty: false });
  Deno.writeTextFileSync(`${tree}/hello.txt`, "hallo\n");
  assertEquals(gitState(tree), { commit: other, dirty: true });
});

Deno.test("gitState() reads the folder that the file of a submodule names", () => {
  using folder = tempFolder();
  const root = `${folder.path}/part`;
  checkOut(root);
  Deno.renameSync(`${root}/.git`, `${folder.path}/kept`);
  Deno.writeTextFileSync(`${root}/.git`, "gitdir: ../kept\n");
  assertEquals(gitState(root), { commit: COMMIT, dirty: false });
});

Deno.test("gitState() does not read a file of the size and times that git found", () => {
  using folder = tempFolder();
  checkOut(folder.path);
  const [file, index] = ["hello.txt", ".git/index"]
    .map((name) => `${folder.path}/${name}`) as [string, string]; // two of two
  const other = indexOf("hello.txt", HELLO.replace("c", "d"));
  const write = (later: number) => {
    const { ctime, mtime, size } = Deno.statSync(file);
    const view = new DataView(other.buffer);
    view.setUint32(12, Math.floor(ctime!.getTime() / 1000)); // Linux and macOS have both
    view.setUint32(12 + 8, Math.floor(mtime!.getTime() / 1000));
    view.setUint32(12 + 12, mtime!.getTime() % 1000 * 1e6);
    view.setUint32(12 + 36, size);
    Deno.writeFileSync(index, other);
    const written = new Date(mtime!.getTime() + later);
    Deno.utimeSync(index, written, written);
  };
  write(10);
  assertEquals(gitState(folder.path)?.dirty, false);
  write(0); // it may have changed after git looked
  assertEquals(gitState(folder.path)?.dirty, true);
  write(10);
  Deno.utimeSync(file, 1, 1);
  assertEquals(gitState(folder.path)?.dirty, true);
});

Deno.test("gitState() reads packed references and detached heads", () => {
  using folder = tempFolder();
  checkOut(folder.path);
  Deno.removeSync(`${folder.path}/.git/refs/heads/main`);
  Deno.writeTextFileSync(
    `${folder.path}/.git/packed-refs`,
    `# pack-refs with: peeled\n${
      "0".repeat(40)
    } refs/heads/other\n${COMMIT} refs/heads/main\n`,
  );
  assertEquals(gitState(folder.path)?.commit, COMMIT);
  const detached = COMMIT.replace("b", "c");
  Deno.writeTextFileSync(`${folder.path}/.git/HEAD`, `${detached}\n`);
  assertEquals(gitState(folder.path)?.commit, detached);
});

Deno.test("gitState() is null outside of a checkout", () => {
  using folder = tempFolder();
  assertEquals(gitState(folder.path), null);
  assertEquals(gitState(null), null);
});
