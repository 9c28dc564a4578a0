import { assertEquals, assertRejects } from "@std/assert";
import { readData } from "../../../../pipelines/core/data/read_file.ts";
import type { KnownData } from "../../../../pipelines/core/data/known_data.ts";
import {
  NotFoundError,
  NotGrantedError,
} from "../../../../pipelines/core/missing.ts";

const file = { sha256: "", size: 1_000, urls: [] };
const one: KnownData = {
  name: "one",
  folder: "one",
  files: [{ ...file, name: "a" }],
};
const two: KnownData = {
  name: "two",
  folder: "two",
  files: [{ ...file, name: "a" }, { ...file, name: "b" }],
};

Deno.test("readData() reads the files of a folder, with or without gzip", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/a`, "first");
  const gzip = new Blob(["second"]).stream()
    .pipeThrough(new CompressionStream("gzip"));
  await Deno.writeFile(`${folder}/b.gz`, gzip);
  const files = await readData(folder, two);
  const texts = files.map(({ bytes }) => new TextDecoder().decode(bytes));
  assertEquals(texts, ["first", "second"]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("readData() takes a data set of one file under any name", async () => {
  const path = await Deno.makeTempFile();
  await Deno.writeTextFile(path, "text");
  const [only] = await readData(path, one);
  assertEquals(new TextDecoder().decode(only?.bytes), "text");
  await assertRejects(
    () => readData(path, two),
    NotFoundError,
    `Expected a folder with a but found the file ${path}`,
  );
  await Deno.remove(path);
});

Deno.test("readData() knows the names that 7-Zip gives", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/t10k.idx1-ubyte`, "digits");
  const files = [{ ...file, name: "t10k-idx1-ubyte" }];
  const [only] = await readData(folder, { ...one, files });
  assertEquals(new TextDecoder().decode(only?.bytes), "digits");
  await Deno.remove(folder, { recursive: true });
});

Deno.test("readData() says where it found a folder for a file", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(`${folder}/a`);
  await assertRejects(
    () => readData(folder, two),
    RangeError,
    `Expected a file but found the folder ${folder}/a`,
  );
  await Deno.remove(folder, { recursive: true });
});

Deno.test("readData() refuses a larger file before it is read", async () => {
  const path = await Deno.makeTempFile();
  await Deno.truncate(path, 5_000_000_000); // of no blocks on the disk
  await assertRejects(
    () => readData(path, one),
    RangeError,
    `Expected ${path} to hold at most 1073741824 bytes`,
  );
  await Deno.remove(path);
});

Deno.test("readData() says which file a folder lacks", async () => {
  const folder = await Deno.makeTempDir();
  await assertRejects(
    () => readData(folder, two),
    NotFoundError,
    `No file ${folder}/a or ${folder}/a.gz`,
  );
  await assertRejects(
    () => readData(`${folder}/none`, two),
    NotFoundError,
    `No file or folder ${folder}/none`,
  );
  await Deno.remove(folder, { recursive: true });
});

Deno.test({
  name: "readData() never prompts where reading is not granted",
  permissions: { read: false },
  fn: async () => {
    await assertRejects(
      () => readData("/data", two),
      NotGrantedError,
      "Not allowed without --allow-read=/data",
    );
  },
});
