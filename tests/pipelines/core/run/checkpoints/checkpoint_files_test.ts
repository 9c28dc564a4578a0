import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import type { Checkpoint } from "../../../../../pipelines/core/context.ts";
import { sha256 } from "../../../../../pipelines/core/sha256.ts";
import {
  checkpointFiles,
  furthestMark,
  hasCheckpoint,
} from "../../../../../pipelines/core/run/checkpoints/checkpoint_files.ts";
import { holdPlace } from "../../../../../pipelines/core/run/disk/place.ts";
import { tempFolder } from "../../temp_folder.ts";

const path = ["vae-k3", "train"];
const at = (step: number): Checkpoint => ({
  step,
  tensors: { weight: { shape: [1, 2], data: new Float32Array([step, 0.1]) } },
  state: { best: -step / 3, history: [1, null, "a"] },
});

/** Checkpoints in a run whose position is ten bytes for each step of the last one saved. */
function checkpointsIn(root: string, seed = 0, commit = "a") {
  Deno.mkdirSync(root, { recursive: true });
  const warnings: string[] = [];
  const positions: number[] = [];
  let position = 0;
  const checkpoints = checkpointFiles(holdPlace(root), {
    everyMinutes: 5,
    mark: () => ({ position, sha256: `of ${position} bytes` }),
    making: () => ({
      settings: { task: "vae-k3", seed },
      data: { "dataset.sha256": "ba89" },
      versions: { deno: "2", commit },
    }),
    goTo: (next) => void positions.push(next),
    warn: (text) => void warnings.push(text),
  });
  const save = async (step: number) => {
    position = 10 * step;
    await checkpoints.save(path, at(step));
  };
  return { save, checkpoints, warnings, positions };
}

function names(folder: string): readonly string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

const file = (step: number) => `step-00000000${step}.safetensors`;

Deno.test("restore() gives back the newest checkpoint and the position of the metrics", async () => {
  using folder = tempFolder();
  const { save, checkpoints, positions } = checkpointsIn(folder.path);
  assertEquals(await checkpoints.restore(path), undefined);
  await save(1);
  await save(2);
  assertEquals(await checkpoints.restore(path), at(2));
  assertEquals(positions, [20]);
});

Deno.test("the newest three checkpoints are kept, each with a line for sha256sum", async () => {
  using folder = tempFolder();
  const { save } = checkpointsIn(folder.path);
  for (const step of [1, 2, 3, 4, 5]) await save(step);
  const inner = `${folder.path}/checkpoints/vae-k3/train`;
  assertEquals(
    names(inner),
    [3, 4, 5].flatMap((step) => [file(step), `${file(step)}.sha256`]),
  );
  const digest = await sha256(Deno.readFileSync(`${inner}/${file(4)}`));
  assertEquals(
    Deno.readTextFileSync(`${inner}/${file(4)}.sha256`),
    `${digest}  ${file(4)}\n`,
  );
});

Deno.test("a damaged checkpoint is told of, and the one before it used", async (test) => {
  const damages: readonly [string, (path: string) => void, string][] = [
    ["a changed byte", (path) => {
      const bytes = Deno.readFileSync(path);
      bytes[bytes.length - 3]! ^= 1; // not empty
      Deno.writeFileSync(path, bytes);
    }, "to have SHA-256"],
    ["cut short", (path) => Deno.truncateSync(path, 100), "to have SHA-256"],
    ["emptied", (path) => Deno.truncateSync(path), "to have SHA-256"],
    ["no checksum", (path) => Deno.removeSync(`${path}.sha256`), ".sha256"],
  ];
  for (const [name, damage, reason] of damages) {
    await test.step(name, async () => {
      using folder = tempFolder();
      const run = checkpointsIn(folder.path);
      await run.save(1);
      await run.save(2);
      damage(`${folder.path}/checkpoints/vae-k3/train/${file(2)}`);
      assertEquals(await run.checkpoints.restore(path), at(1));
      assertEquals(run.positions, [10]);
      assertEquals(run.warnings.length, 1);
      assertStringIncludes(run.warnings[0]!, "Left out a damaged checkpoint");
      assertStringIncludes(run.warnings[0]!, reason);
      assertEquals((await furthestMark(folder.path))?.position, 10);
    });
  }
});

Deno.test("saving clears what a killed process left: parts, lone checksums, damaged later steps", async () => {
  using folder = tempFolder();
  const { save } = checkpointsIn(folder.path);
  await save(1);
  const inner = `${folder.path}/checkpoints/vae-k3/train`;
  const part = `${file(3)}.${crypto.randomUUID()}.part`;
  for (const name of [part, `${file(3)}.sha256`, file(4)]) {
    Deno.writeTextFileSync(`${inner}/${name}`, "unfinished");
  }
  await save(2);
  assertEquals(
    names(inner),
    [1, 2].flatMap((step) => [file(step), `${file(step)}.sha256`]),
  );
});

Deno.test("furthestMark() looks at the stages of all pipelines", async () => {
  using folder = tempFolder();
  const { checkpoints, save } = checkpointsIn(folder.path);
  assertEquals(await furthestMark(folder.path), undefined);
  await save(3);
  await checkpoints.save(["vae-k3"], at(1));
  assertEquals(await furthestMark(folder.path), {
    position: 30,
    sha256: "of 30 bytes",
  });
});

Deno.test("stages with strange names stay in the folder", async () => {
  using folder = tempFolder();
  const { checkpoints } = checkpointsIn(`${folder.path}/inside`);
  await checkpoints.save(["..", "a/b"], at(1));
  assertEquals(names(folder.path), ["inside"]);
  assertEquals(await checkpoints.restore(["..", "a/b"]), at(1));
  assertEquals(await checkpoints.restore(["..", "a", "b"]), undefined);
});

Deno.test("saving removes no file of another name", async () => {
  using folder = tempFolder();
  const { save } = checkpointsIn(folder.path);
  await save(1);
  const inner = `${folder.path}/checkpoints/vae-k3/train`;
  const mine = [
    "notes.txt",
    "step-1.safetensors.bak",
    "my step-000000001.safetensors",
    "draft.part",
    "weights.safetensors",
  ];
  for (const name of mine) Deno.writeTextFileSync(`${inner}/${name}`, "mine");
  for (const step of [2, 3, 4, 5]) await save(step);
  const left = names(inner);
  assertEquals(mine.filter((name) => !left.includes(name)), []);
  assertEquals(left.length, 6 + mine.length);
});

Deno.test("restore() refuses a checkpoint of other settings, and warns of other versions", async () => {
  using folder = tempFolder();
  await checkpointsIn(folder.path).save(1);
  await assertRejects(
    () => checkpointsIn(folder.path, 7).checkpoints.restore(path),
    RangeError,
    "Expected the checkpoint's settings to stay: seed was 0 but is now 7",
  );
  const { checkpoints, warnings } = checkpointsIn(folder.path, 0, "b");
  assertEquals(await checkpoints.restore(path), at(1));
  assertEquals(warnings, ["The checkpoint was saved with commit a, not b"]);
});

Deno.test("hasCheckpoint() looks at the stages of all pipelines", async () => {
  using folder = tempFolder();
  assertEquals(hasCheckpoint(folder.path), false);
  await checkpointsIn(folder.path).save(1);
  assertEquals(hasCheckpoint(folder.path), true);
});
