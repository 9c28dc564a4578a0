import { assert, assertEquals } from "@std/assert";
import { type ProjectFile, sourceFiles } from "../house/project_files.ts";

/** Stages that change weights and do not join the cache, and why. */
const reasons: Readonly<Record<string, string>> = {
  "pipelines/gan/dcgan/measure_pace.ts": "it measures time, not weights",
  "pipelines/vae/conv/time_updates.ts": "it measures time, not weights",
  "pipelines/gan/losses/learn_gaussians.ts":
    "two numbers in, one out: it takes seconds",
  "pipelines/gan/losses/train_on_frozen.ts": "400 updates take seconds",
  "pipelines/vae/gap/train_linear_gaussian.ts": "its updates take a second",
};

/** Whether a file makes a stage of its own, and no pipeline alone. */
function makesStage({ text }: ProjectFile): boolean {
  return /[^\w.]stage(<|\()/.test(text.replace(/\bfunction stage\b/, ""));
}

/** Whether a file trains: it has an optimizer, or calls what has one, which is called `train`, or `fit` and what it fits. */
function trains({ text }: ProjectFile): boolean {
  return /(?<!function )\b(train|fit(?!Line)[A-Z]\w+|adam|chooseOptimizer)\(/
    .test(text);
}

const trainings = sourceFiles.filter((file) =>
  /^pipelines\/(?!core)/.test(file.path) && makesStage(file) && trains(file)
);

Deno.test("the trainings are found", () => {
  assert(trainings.length > 20, `${trainings.map(({ path }) => path)}`);
});

for (const { path, text } of trainings) {
  Deno.test(`the training of ${path} joins the cache, or there is a reason why not`, () => {
    assertEquals(/\bcached: true,/.test(text), !(path in reasons));
  });
}

Deno.test("each reason belongs to a training", () => {
  const known = new Set(trainings.map(({ path }) => path));
  assertEquals(Object.keys(reasons).filter((path) => !known.has(path)), []);
});
