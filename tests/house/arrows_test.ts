import { assertEquals, assertGreater } from "@std/assert";
import { wrongArrow } from "./arrows.ts";
import { parseSource } from "./parse_source.ts";
import { sourceFiles } from "./project_files.ts";

function wrongArrows(path: string, text: string): readonly string[] {
  return parseSource(path, text).imports
    .map((specifier) => wrongArrow(path, specifier))
    .filter((reason) => reason !== undefined);
}

Deno.test("every import follows the arrows of the house", () => {
  assertGreater(sourceFiles.length, 500);
  const wrong = sourceFiles.flatMap(({ path, text }) =>
    wrongArrows(path, text).map((reason) => `${path}: ${reason}`)
  );
  assertEquals(wrong, []);
});

/** Where, what is written there, and why it is wrong: none where it is right. */
type Case = readonly [path: string, text: string, ...reasons: string[]];

const cases: readonly Case[] = [
  ["models/vae.ts", 'import * as tf from "@tensorflow/tfjs";'],
  ["models/vae.ts", 'import { elbo } from "./objectives/elbo.ts";'],
  ["models/layers/linear.ts", 'import { a } from "../distributions/a.ts";'],
  [
    "models/vae.ts",
    'import { conv } from "./conv_vae.ts";',
    "models/vae.ts must not import the model family models/conv_vae.ts",
  ],
  [
    "models/layers/linear.ts",
    'import type { Vae } from "../vae.ts";',
    "models/layers/linear.ts must not import the model family models/vae.ts",
  ],
  [
    "models/vae.ts",
    'import { z } from "zod";',
    "models must not import zod",
  ],
  [
    "models/vae.ts",
    'import { readFileSync } from "node:fs";',
    "models must not import node:fs",
  ],
  [
    "models/vae.ts",
    'const { compile } = await import("../compile/compile.ts");',
    "models must not import compile",
  ],
  ["pipelines/finished/load_run.ts", 'import { a } from "../vae/a.ts";'],
  [
    "pipelines/vae/a.ts",
    'import { loadRun } from "../finished/load_run.ts";',
    "pipelines/vae must not import pipelines/finished",
  ],
  [
    "pipelines/core/a.ts",
    'import { loadRun } from "../finished/load_run.ts";',
    "pipelines/core must not import pipelines/finished",
  ],
  ["compile/run/native/load.ts", 'import { a } from "node:module";'],
  [
    "compile/run/cpu.ts",
    'import { setImmediate } from "node:timers";',
    "compile must not import node:timers",
  ],
  ["compile/run.ts", 'const ort = await import("onnxruntime-node");'],
  ["compile/run.ts", 'export * from "@bufbuild/protobuf/wire";'],
  [
    "compile/run.ts",
    'export { Vae } from "../models/vae.ts";',
    "compile must not import models",
  ],
  [
    "compile/run.ts",
    'import { join } from "@std/path";',
    "compile must not import @std/path",
  ],
  ["pipelines/vae/vae.ts", 'import { compile } from "../../compile/run.ts";'],
  ["pipelines/vae/vae.ts", 'import { stage } from "../core/stage.ts";'],
  ["pipelines/vae/vae.ts", 'import { mnist } from "../images/mnist.ts";'],
  ["pipelines/vae/iwae/iwae.ts", 'import { a } from "../build_vae.ts";'],
  ["pipelines/vae/iwae/iwae.ts", 'import { a } from "../../text/text.ts";'],
  ["pipelines/vae/vae.ts", 'import { join } from "@std/path";'],
  ["pipelines/mod.ts", 'export * from "./vae/iwae/iwae.ts";'],
  ["pipelines/vae/mod.ts", 'export * from "./iwae/iwae.ts";'],
  ["pipelines/core/run/run_folder.ts", 'import { a } from "../task/a.ts";'],
  ["pipelines/core/run/run_folder.ts", 'import { open } from "node:fs";'],
  ["pipelines/charts/theme.ts", 'import { mean } from "../statistics/a.ts";'],
  ["pipelines/images/fit.ts", 'import { train } from "../training/fit.ts";'],
  [
    "pipelines/vae/vae.ts",
    'import { lossMeter } from "../language/measure_loss.ts";',
    "pipelines/vae must not import pipelines/language",
  ],
  [
    "pipelines/vae/iwae/iwae.ts",
    'import type { Gap } from "../gap/gap.ts";',
    "pipelines/vae/iwae must not import pipelines/vae/gap",
  ],
  [
    "pipelines/vae/vae.ts",
    'import { iwae } from "./iwae/iwae.ts";',
    "pipelines/vae must not import pipelines/vae/iwae",
  ],
  [
    "pipelines/vae/mod.ts",
    'export * from "../language/language_model.ts";',
    "pipelines/vae must not import pipelines/language",
  ],
  [
    "pipelines/viewer/page.ts",
    'import { vae } from "../vae/vae.ts";',
    "pipelines/viewer must not import pipelines/vae",
  ],
  [
    "pipelines/core/run/a.ts",
    'export * from "../../charts/theme.ts";',
    "pipelines/core/run must not import pipelines/charts",
  ],
  [
    "pipelines/core/stage.ts",
    'import { vae } from "../vae/vae.ts";',
    "pipelines/core must not import pipelines/vae",
  ],
  [
    "pipelines/statistics/a.ts",
    'import { stage } from "../core/stage.ts";',
    "pipelines/statistics must not import pipelines/core",
  ],
  [
    "pipelines/training/fit.ts",
    'import { image } from "../images/images.ts";',
    "pipelines/training must not import pipelines/images",
  ],
  [
    "pipelines/images/a.ts",
    'import { text } from "../text/text.ts";',
    "pipelines/images must not import pipelines/text",
  ],
  [
    "pipelines/vae/vae.ts",
    'import { open } from "node:fs";',
    "pipelines must not import node:fs",
  ],
  [
    "pipelines/vae/vae.ts",
    'type Task = typeof import("../../tasks/vae_k3.ts");',
    "pipelines must not import tasks",
  ],
  [
    "pipelines/core/run.ts",
    'import { assert } from "@std/assert";',
    "pipelines must not import @std/assert",
  ],
  [
    "pipelines/core/run.ts",
    'import { a } from "../../mod.ts";',
    "pipelines must not import mod.ts",
  ],
  ["tasks/vae_k3.ts", 'import { vae } from "../models/vae.ts";'],
  ["tasks/vae_k3.ts", 'import { vaeK3 } from "../mod.ts";'],
  [
    "tasks/vae_k3.ts",
    'import * as tf from "@tensorflow/tfjs";',
    "tasks must not import @tensorflow/tfjs",
  ],
  [
    "tasks/vae_k3.ts",
    'import { compile } from "../compile/compile.ts";',
    "tasks must not import compile",
  ],
  ["mod.ts", 'export * from "./pipelines/vae/vae.ts";'],
  [
    "mod.ts",
    'export * from "./tests/house/arrows.ts";',
    "mod.ts must not import tests",
  ],
  ["tests/models/vae_test.ts", 'import { vae } from "../../models/vae.ts";'],
  ["models/vae.ts", '// import { z } from "zod";\nconst s = \'import "zod"\';'],
];

for (const [path, text, ...reasons] of cases) {
  const verdict = reasons.length === 0 ? "may" : "must not";
  Deno.test(`${path} ${verdict} contain ${text}`, () => {
    assertEquals(wrongArrows(path, text), reasons);
  });
}
