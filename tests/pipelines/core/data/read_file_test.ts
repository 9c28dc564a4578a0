import { assertEquals, assertRejects } from "@std/assert";
import { readData } from "../../../../pipelines/core/data/read_file.ts";
import type { KnownData } from "../../../../pipelines/core/data/known_data.ts";

const file = { sha256: "", urls: [] };
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
    Deno.errors.NotFound,
    `Expected a folder with a but found the file ${path}`,
  );
  await Deno.remove(path);
});

Deno.test("readData() says which file a folder lacks", async () => {
  const folder = await Deno.makeTempDir();
  await assertRejects(
    () => readData(folder, two),
    Deno.errors.NotFound,
    `No file ${folder}/a or ${folder}/a.gz`,
  );
  await assertRejects(
    () => readData(`${folder}/none`, two),
    Deno.errors.NotFound,
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
      Deno.errors.NotCapable,
      "Not allowed without --allow-read=/data",
    );
  },
});
