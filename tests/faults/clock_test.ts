import { assert, assertEquals } from "@std/assert";
import { readRecord } from "../../pipelines/core/run/run_record.ts";
import { tempFolder } from "../pipelines/core/temp_folder.ts";
import { withFault, withoutFault } from "./faulty_files.ts";
import { bytesOf, goOn } from "./small_run.ts";

const DAY = 86_400_000;

/** Does some work while every look at a clock finds it a day ahead or a day back, by turns. */
async function withWildClocks(work: () => Promise<void>): Promise<number> {
  const RealDate = Date;
  const realNow = performance.now.bind(performance);
  let looks = 0;
  const jump = () => looks++ % 2 === 0 ? DAY : -DAY;
  class WildDate extends RealDate {
    constructor(value?: number) {
      super(value ?? RealDate.now() + jump());
    }
    static override now(): number {
      return RealDate.now() + jump();
    }
  }
  globalThis.Date = WildDate as DateConstructor; // as far as this package calls it
  performance.now = () => realNow() + jump();
  try {
    await work();
  } finally {
    globalThis.Date = RealDate;
    performance.now = realNow;
  }
  return looks;
}

Deno.test("a clock that steps back and forth changes no number of a run", async () => {
  using folder = tempFolder();
  const [plain, wild] = [`${folder.path}/plain`, `${folder.path}/wild`];
  await withoutFault(() => goOn(plain));
  const looks = await withWildClocks(async () => {
    await withFault(90, { kind: "torn" }, () => goOn(wild));
    await withoutFault(() => goOn(wild));
  });
  assert(looks > 8, `${looks}`);
  assertEquals(bytesOf(wild), bytesOf(plain));
  const { status, seconds } = await readRecord(wild);
  assertEquals(status, "finished");
  assert(seconds >= 0, `${seconds}`);
});
