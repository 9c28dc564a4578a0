import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { loadRun } from "../../pipelines/finished/load_run.ts";
import { tempFolder } from "../pipelines/core/temp_folder.ts";
import { runTask } from "./run_task.ts";

const tiny = [
  ...["--data", "grammar", "--sentences", "80", "--measure-sentences", "4"],
  ...["--epochs", "1", "--batch", "20", "--buckets", "1", "--embedding", "8"],
  ...["--units", "8", "--threads", "1"],
];

Deno.test("translate-gru leaves a translator, which translates what it knows, nothing, and what it never saw", async () => {
  using folder = tempFolder();
  const out = join(folder.path, "run");
  const trained = await runTask("translation/translate_gru.ts", folder.path, [
    ...["--json", "--out", out],
    ...tiny,
  ]);
  assertEquals(trained.code, 0, trained.stderr);
  const summary = JSON.parse(trained.stdout);
  assertEquals([summary.task, summary.dataset], ["translate-gru", "grammar"]);
  const report = await Deno.readTextFile(join(out, "report.txt"));
  assertEquals(/NaN|Infinity|undefined/.test(report), false, report);
  using run = await loadRun(out);
  assertEquals(run.model?.kind, "translator");

  const { code, stdout, stderr } = await runTask(
    "translation/translate.ts",
    folder.path,
    [out, "der hund ruft die katze .", "", "the xyz cat"],
  );
  assertEquals(code, 0, stderr);
  const lines = stdout.split("\n");
  assertEquals(lines.length, 4, stdout);
  assertEquals(lines[1], "");
  assertStringIncludes(
    stderr,
    'Never seen, and left to a guess: "the", "xyz", "cat"',
  );
  assertStringIncludes(stderr, "the translator reads de");
});

Deno.test("translate-many leaves a translator of many languages, which reads lines as they come", async () => {
  using folder = tempFolder();
  const out = join(folder.path, "run");
  const trained = await runTask("translation/translate_many.ts", folder.path, [
    ...["--json", "--out", out, "--data", "grammar", "--threads", "1"],
    ...["--sentences", "60", "--measure-sentences", "2", "--pieces", "150"],
    ...["--steps", "2", "--batch", "8", "--buckets", "1", "--layers", "1"],
    ...["--width", "16", "--depths", "1", "--initial-seeds", "1"],
    ...["--singles", "de-en", "--norm-steps", "1", "--norm-batch", "4"],
  ]);
  assertEquals(trained.code, 0, trained.stderr);
  const summary = JSON.parse(trained.stdout);
  assertEquals([summary.task, summary.dataset], ["translate-many", "grammar"]);
  using run = await loadRun(out);
  assert(run.model?.kind === "translator");
  assertEquals(Object.keys(run.model.translator.targets), ["de", "en"]);
  const { code, stdout, stderr } = await runTask(
    "translation/translate.ts",
    folder.path,
    [out, "--to", "en", "--beams", "2"],
    { input: "der hund ruft die katze .\r\n\n  \nzwei Hunde 猫\nein hund" },
  );
  assertEquals(code, 0, stderr);
  assertEquals(stdout.split("\n").length, 6, stdout); // a line for each, and the end
  assertEquals(stdout.split("\n").slice(1, 3), ["", ""]);
  assertStringIncludes(stderr, 'Never seen, and left to a guess: "猫"');
});

Deno.test("translation tasks refuse what does not fit before they work", async () => {
  using folder = tempFolder();
  const refused = async (args: readonly string[], message: string) => {
    const { code, stderr } = await runTask(
      "translation/translate_gru.ts",
      folder.path,
      [...args, "--out", join(folder.path, "run")],
    );
    assertEquals(code === 0, false);
    assertStringIncludes(stderr, message);
  };
  await refused(
    ["--attention", "additiv"],
    'Expected one of additive, multiplicative, location, none but found "additiv"; did you mean "additive"?',
  );
  await refused(
    [...tiny, "--source", "en"],
    "Expected two languages but found en as source and as target",
  );
  await refused(
    [...tiny, "--source", "fr"],
    "Expected languages of the built-in sentences, de and en, but found fr",
  );
});
