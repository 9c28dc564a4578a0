import { assertRejects } from "@std/assert";
import { tempFolder } from "./temp_folder.ts";
import { startProgram } from "./task/toy_process.ts";
import { waitForLines } from "./wait_for_lines.ts";

Deno.test("waitForLines() fails where the process ends before", async () => {
  using folder = tempFolder();
  const wrong = ["--out", `${folder.path}/run`, "--no-such-flag"];
  const process = startProgram("toy_task.ts", folder.path, wrong);
  await assertRejects(
    () => waitForLines(process, `${folder.path}/run`, 1),
    Error,
    "Expected 1 lines but found 0 of a process that ended with 2: ",
  );
});
