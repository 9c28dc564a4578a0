import { assertEquals, assertStringIncludes } from "@std/assert";
import { keptStages } from "../../../../pipelines/core/cache/kept_stages.ts";
import { tempFolder } from "../temp_folder.ts";

const silent = () => {};

function stageOf(length: number) {
  return {
    path: ["task", "train"],
    checkpoint: {
      step: 7,
      tensors: {
        weight: { shape: [length], data: new Float32Array(length).fill(0.5) },
      },
      state: { best: null, history: [1, 2.5] },
    },
    records: [
      { step: 0, epoch: 0, values: { "validation/elbo": -1 / 3 } },
      { step: 7, epoch: 0.7, values: { "train/elbo": -2 } },
    ],
  };
}

Deno.test("keptStages() give back what they keep", async () => {
  using folder = tempFolder();
  const place = `${folder.path}/stages`;
  assertEquals(await keptStages(place, silent).find("a"), undefined);
  const stage = stageOf(3);
  await keptStages(place, silent).keep("a", stage);
  await keptStages(place, silent).keep("a", stageOf(4)); // another process was faster: the first stays
  const { keptAt, ...found } = (await keptStages(place, silent).find("a"))!; // kept
  assertEquals(found, stage);
  assertEquals(new Date(keptAt).toISOString(), keptAt);
  assertEquals([...Deno.readDirSync(place)].map(({ name }) => name), ["a"]);
});

Deno.test("keptStages() tell of a damaged entry and leave it out", async (test) => {
  const damages: Readonly<Record<string, (entry: string) => void>> = {
    "a changed byte": (entry) => {
      const path = `${entry}/checkpoint.safetensors`;
      const bytes = Deno.readFileSync(path);
      bytes[bytes.length - 1]! ^= 1;
      Deno.writeFileSync(path, bytes);
    },
    "a cut file": (entry) => Deno.truncateSync(`${entry}/metrics.jsonl`, 10),
    "a missing file": (entry) =>
      Deno.removeSync(`${entry}/checkpoint.safetensors`),
    "a torn description": (entry) =>
      Deno.truncateSync(`${entry}/about.json`, 20),
    "no description": (entry) => Deno.removeSync(`${entry}/about.json`),
  };
  for (const [name, damage] of Object.entries(damages)) {
    await test.step(name, async () => {
      using folder = tempFolder();
      const told: string[] = [];
      const kept = keptStages(folder.path, (text) => told.push(text));
      await kept.keep("a", stageOf(3));
      damage(`${folder.path}/a`);
      assertEquals(await kept.find("a"), undefined);
      assertStringIncludes(
        told.join(),
        "Left out a damaged entry of the cache",
      );
      await kept.keep("a", stageOf(3)); // in its place
      assertEquals((await kept.find("a"))?.checkpoint.step, 7);
    });
  }
});

Deno.test("keptStages() remove what was not used for longest, to stay within their size", async () => {
  using folder = tempFolder();
  const kept = keptStages(folder.path, silent, 20_000);
  const age = (key: string, hours: number) => {
    const then = new Date(Date.now() - hours * 3_600_000);
    for (const { name } of Deno.readDirSync(`${folder.path}/${key}`)) {
      Deno.utimeSync(`${folder.path}/${key}/${name}`, then, then);
    }
  };
  for (const [i, key] of ["a", "b", "c", "d"].entries()) {
    await kept.keep(key, stageOf(1000)); // 4,000 bytes and some
    age(key, 10 - i);
  }
  await kept.find("a"); // used now
  await kept.keep("e", stageOf(1000));
  const names = () => [...Deno.readDirSync(folder.path)].map((e) => e.name);
  assertEquals(names().sort(), ["a", "c", "d", "e"]);
  assertEquals(await kept.keep("f", stageOf(2000)), undefined); // more than a quarter
  assertEquals(names().length, 4);
});

Deno.test("keptStages() remove old parts of killed processes, and no young ones", async () => {
  using folder = tempFolder();
  const kept = keptStages(folder.path, silent);
  const then = new Date(Date.now() - 2 * 3_600_000);
  for (const key of ["old", "young"]) {
    const part = `${folder.path}/${key}.1.part`;
    Deno.mkdirSync(part);
    Deno.writeTextFileSync(`${part}/metrics.jsonl`, "");
    if (key === "old") Deno.utimeSync(`${part}/metrics.jsonl`, then, then);
  }
  await kept.keep("a", stageOf(1));
  const names = [...Deno.readDirSync(folder.path)].map(({ name }) => name);
  assertEquals(names.sort(), ["a", "young.1.part"]);
});
