import { assertEquals, assertRejects } from "@std/assert";
import {
  commandFor,
  whereGranted,
} from "../../../../pipelines/core/task/where_granted.ts";
import { ownEnvironment } from "../own_environment.ts";
import { tempFolder } from "../temp_folder.ts";
import { runToy } from "./toy_process.ts";

const words = ["vae-k3", "--resume"];

Deno.test("commandFor() names the folder of runs where the command needs it", () => {
  const cases: readonly [string | undefined, string, string][] = [
    [undefined, "runs/a", "deno task vae-k3 --resume runs/a"],
    [undefined, "/big/a", "deno task vae-k3 --resume /big/a"],
    [
      "/big",
      "/big/a",
      "LOWERBOUND_RUNS=/big deno task vae-k3 --resume /big/a",
    ],
    ["/big", "/bigger/a", "deno task vae-k3 --resume /bigger/a"],
    ["/big", "runs/a", "deno task vae-k3 --resume runs/a"],
    [
      "/my disk",
      "/my disk/a",
      "LOWERBOUND_RUNS='/my disk' deno task vae-k3 --resume '/my disk/a'",
    ],
  ];
  for (const [LOWERBOUND_RUNS, folder, command] of cases) {
    using _ = ownEnvironment({ LOWERBOUND_RUNS });
    assertEquals(commandFor(folder, [...words, folder]), command);
  }
});

Deno.test("whereGranted() says what to type, also before a command that it does not know", async () => {
  const refuse = () => Promise.reject(new Deno.errors.NotCapable("no"));
  await assertRejects(
    () => whereGranted("/big/a", [...words, "/big/a"], refuse),
    Error,
    "Not allowed to write /big/a; to allow its folder: LOWERBOUND_RUNS=/big deno task vae-k3 --resume /big/a",
  );
  await assertRejects(
    () => whereGranted("/big/a", undefined, refuse),
    Error,
    "Not allowed to write /big/a; to allow its folder, type LOWERBOUND_RUNS=/big before the command",
  );
});

Deno.test("--resume where nothing may be written says exactly what to type", async () => {
  using folder = tempFolder();
  using elsewhere = tempFolder();
  const run = `${elsewhere.path}/run`;
  const flags = ["--out", run, "--fault=throw", "--quiet"];
  const { stderr: advice } = await runToy(elsewhere.path, ...flags);
  assertEquals(advice.includes(`deno task toy-task --resume ${run}\n`), true);
  const { code, stderr } = await runToy(folder.path, "--resume", run);
  assertEquals([code, stderr], [
    1,
    `Not allowed to write ${run}; to allow its folder: LOWERBOUND_RUNS=${elsewhere.path} deno task toy-task --resume ${run}\n`,
  ]);
});
