import { assert, assertEquals } from "@std/assert";
import { readRecord } from "../../pipelines/core/run/run_record.ts";
import { tempFolder } from "../pipelines/core/temp_folder.ts";
import {
  type Call,
  type Fault,
  faultsAt,
  isChanging,
  withFault,
  withoutFault,
} from "./faulty_files.ts";
import { bytesOf, goOn } from "./small_run.ts";

/** The calls of a run without a fault, and its bytes. */
async function undisturbed(): Promise<
  { readonly calls: readonly Call[]; readonly bytes: readonly string[] }
> {
  using folder = tempFolder();
  const run = `${folder.path}/run`;
  const calls = await withoutFault(() => goOn(run));
  return { calls, bytes: bytesOf(run) };
}

/** Runs into a fault at a call, goes on without one, and compares the bytes; tells the calls before the fault. */
async function survives(
  at: number,
  fault: Fault,
  expected: readonly string[],
  before: (run: string) => Promise<unknown> = () => Promise.resolve(),
): Promise<readonly Call[]> {
  using folder = tempFolder();
  const run = `${folder.path}/run`;
  await before(run);
  const calls = await withFault(at, fault, () => goOn(run));
  const what = `${JSON.stringify(fault)} at call ${at}, ${calls[at - 1]}`;
  try {
    await withoutFault(() => goOn(run));
    assertEquals(bytesOf(run), expected);
    assertEquals((await readRecord(run)).status, "finished");
  } catch (error) {
    throw new Error(`Not the same after ${what}`, { cause: error });
  }
  return calls;
}

const { calls, bytes } = await undisturbed();

Deno.test("a checkpoint replaces three files: itself, its checksum and the record", () => {
  const checkpoints = 2;
  // the record at first, with the device, with the data, at the end; the summary early and at the end; a figure
  const others = 7;
  const replaced = calls.filter((call) => call === "renameSync").length;
  assertEquals(replaced, others + 3 * checkpoints);
});

Deno.test("a run survives each call of the file system that fails", async () => {
  let faults = 0;
  for (const [i, call] of calls.entries()) {
    const all = faultsAt(call);
    const some = isChanging(call) ? all : [all[i % all.length]!]; // one of its errors
    for (const fault of some) {
      await survives(i + 1, fault, bytes);
      faults++;
    }
  }
  assert(faults > 150, `${faults}`);
});

Deno.test("a run survives a kill before each change of the disk, and within each write", async () => {
  let kills = 0;
  for (const [i, call] of calls.entries()) {
    if (!isChanging(call)) continue;
    await survives(i + 1, { kind: "killed" }, bytes);
    kills++;
    if (call !== "writeSync") continue;
    await survives(i + 1, { kind: "torn" }, bytes);
    kills++;
  }
  assert(kills > 50, `${kills}`);
});

Deno.test("a run that goes on survives a kill at each call of the file system", async () => {
  const middle = Math.floor(calls.length / 2);
  const stop = (run: string) =>
    withFault(middle, { kind: "torn" }, () => goOn(run));
  let kills = 0;
  for (const kind of ["killed", "torn"] as const) {
    for (let at = 1;; at++) {
      const made = await survives(at, { kind }, bytes, stop);
      if (made.length < at) break; // it ended before
      kills++;
    }
  }
  assert(kills > 100, `${kills}`);
});

Deno.test("a run that is killed again and again where it goes on ends the same", async () => {
  using folder = tempFolder();
  const run = `${folder.path}/run`;
  for (let at = 3; at < calls.length; at += 7) {
    await withFault(at, { kind: "torn" }, () => goOn(run));
  }
  await withoutFault(() => goOn(run));
  assertEquals(bytesOf(run), bytes);
});
