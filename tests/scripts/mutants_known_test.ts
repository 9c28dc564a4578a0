import { assertEquals } from "@std/assert";
import type { Copy, Ended } from "../../scripts/mutants/copies.ts";
import { knownTests, passedIn } from "../../scripts/mutants/known_tests.ts";
import type { Mutant } from "../../scripts/mutants/mutant.ts";
import { failedIn, runMutant } from "../../scripts/mutants/run_mutant.ts";
import { tempFolder } from "../pipelines/core/temp_folder.ts";

const passed = `running 2 tests from ./tests/a_test.ts
one ... ok (12ms)
two ... ok (1m2s)
running 1 test from ./tests/b_test.ts
with steps ...
  inside ... ok (3ms)
with steps ... ok (2s)

ok | 3 passed (1 step) | 0 failed (1m5s)
`;
const failed = `running 1 test from ./tests/a_test.ts
one ... ok (12ms)
running 2 tests from ./tests/b_test.ts
two ... FAILED (7ms)

 ERRORS

two => ./tests/b_test.ts:3:6
error: AssertionError: Values are not equal.
    at file:///copy/tests/a_test.ts:1:1

 FAILURES

two => ./tests/b_test.ts:3:6

FAILED | 1 passed | 1 failed (21ms)
`;

Deno.test("what the test runner says tells which files passed and which failed", () => {
  assertEquals([...passedIn(passed)], [
    ["tests/a_test.ts", 1 + 62.012],
    ["tests/b_test.ts", 1 + 2],
  ]);
  assertEquals([...passedIn(failed).keys()], ["tests/a_test.ts"]);
  const files = ["tests/a_test.ts", "tests/b_test.ts"];
  assertEquals(failedIn(failed, files), ["tests/b_test.ts"]);
  assertEquals(failedIn("killed", files), files);
});

/** A copy in which what is said depends on whether the file is changed. */
function copyOf(
  answer: (files: readonly string[], isChanged: boolean) => string,
): Copy & { readonly runs: (readonly string[])[] } {
  let text = "";
  const runs: (readonly string[])[] = [];
  const copy: Pick<Copy, "write" | "test"> = {
    write: (_, written) => {
      text = written;
      return Promise.resolve();
    },
    test: (files) => {
      runs.push(files);
      const said = answer(files, text === "x = 2;");
      const ended: Ended = {
        ...{ passed: !said.includes("FAILED"), late: false, output: said },
        ...{ said, seconds: 1 },
      };
      return Promise.resolve(ended);
    },
  };
  return { ...copy, runs } as unknown as Copy & {
    readonly runs: (readonly string[])[];
  }; // no more is used
}

const mutant: Mutant = {
  ...{ path: "models/x.ts", start: 4, end: 5, text: "2", kind: "constant" },
};

async function outcomeOf(copy: Copy, files: readonly string[]) {
  using folder = tempFolder();
  const told: string[] = [];
  const known = knownTests(
    `${folder.path}/tests.jsonl`,
    (test) => void told.push(test),
  );
  const batches = [{ tests: files, seconds: 1 }];
  const { status } = await runMutant(mutant, "x = 1;", batches, copy, known);
  return { status, told, secondsOf: known.secondsOf };
}

Deno.test("a change is killed by a test that passes without it", async () => {
  const copy = copyOf((_, isChanged) => isChanged ? failed : passed);
  const files = ["tests/a_test.ts", "tests/b_test.ts"];
  const { status, secondsOf } = await outcomeOf(copy, files);
  assertEquals(status, "killed");
  assertEquals(copy.runs, [files, ["tests/b_test.ts"]]); // once without the change
  assertEquals(secondsOf("tests/a_test.ts"), 1.012);
  assertEquals(secondsOf("tests/unknown_test.ts"), 3);
});

Deno.test("a test that fails without the change kills nothing, and is left out", async () => {
  const copy = copyOf((files) =>
    files.includes("tests/b_test.ts") ? failed : passed
  );
  const files = ["tests/a_test.ts", "tests/b_test.ts"];
  const { status, told, secondsOf } = await outcomeOf(copy, files);
  assertEquals([status, told], ["survived", ["tests/b_test.ts"]]);
  assertEquals(copy.runs.at(-1), ["tests/a_test.ts"]);
  assertEquals(secondsOf("tests/b_test.ts"), undefined);
});
