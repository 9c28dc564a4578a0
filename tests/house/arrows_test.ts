import { assertEquals } from "@std/assert";
import { wrongArrow } from "./arrows.ts";
import { parseSource } from "./parse_source.ts";
import { sourceFiles } from "./project_files.ts";

function wrongArrows(path: string, text: string): readonly string[] {
  return parseSource(path, text).imports
    .map((specifier) => wrongArrow(path, specifier))
    .filter((reason) => reason !== undefined);
}

Deno.test("every import follows the arrows of the house", () => {
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
  ["pipelines/train/fit.ts", 'import { compile } from "../../compile/run.ts";'],
  ["pipelines/train/fit.ts", 'import { stage } from "../core/stage.ts";'],
  ["pipelines/train/fit.ts", 'import { join } from "@std/path";'],
  ["pipelines/vae_k3.ts", 'import { fit } from "./train/fit.ts";'],
  [
    "pipelines/train/fit.ts",
    'import { loadMnist } from "../load/mnist.ts";',
    "pipelines/train must not import pipelines/load",
  ],
  [
    "pipelines/core/run.ts",
    'export * from "../render/theme.ts";',
    "pipelines/core must not import pipelines/render",
  ],
  [
    "pipelines/train/fit.ts",
    'type Task = typeof import("../../tasks/vae/vae_k3.ts");',
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
  ["mod.ts", 'export * from "./pipelines/train/fit.ts";'],
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
