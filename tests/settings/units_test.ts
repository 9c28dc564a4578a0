import { assert, assertEquals } from "@std/assert";
import { readBands } from "../../pipelines/core/task/expected_bands.ts";
import { PURE, unitOf } from "../../pipelines/core/task/result/units.ts";
import { allTasks } from "./all_tasks.ts";

const unitsOf = (task: string) =>
  allTasks.find(({ name }) => name === task)?.units ?? {};

/** Numbers whose last word another task uses for something else, or that no word of the package names. */
const units: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "diffusion-exact": { "flow/error": "nats", "flow/forgetfulError": "nats" },
  "diffusion-guidance": {
    "negative/4-not-9/change": "half pixel ranges",
    "guidance/3/distance": "half pixel ranges",
    "negative/4-not-9/wanted": "share",
  },
  "text-to-image": {
    "test/reader/ink": "share",
    "prompts/ink-with-digit/everythingStdErr": "share",
    "negative/with/blue": "share",
    "negative/guidance/1.5/part/0.4/changedOther": "share",
    "negative/shift": "pixels",
    "samplers/dpm2/10/distance": "deviations of the latents",
  },
  "stable-diffusion": {
    "memory/bytes": "bytes",
    "unet/multiplications": "multiplications a pass",
    "unet/parameters": "numbers",
  },
  "feature-network": {
    "agreement/sameOrder": "pairs",
    "test/accuracy": "share",
  },
  "flow-mnist": { "inverse/largestError": "logits" },
  "gan-losses": { "gaussian/shift-2/saturatingSlope": "nats per deviation" },
  "families": {
    "gan/nearestDistance": "pixel ranges",
    "gan/samplesPerSecond": "samples a second",
    "gan/trainingSeconds": "seconds",
    "vae/bitsPerDim": "bits per dimension",
  },
  "translate-gru": {
    "validation/unigramCrossEntropy": "nats per target token",
    "test/greedy/lengthRatio": "length over that of the references",
  },
  "attention-study": {
    "attention/test/exposureGap": "nats per target token",
    "attention/endless/repeats": "share",
  },
  "mean-field": { "limit/count": "binary numbers", "normal/kl": "nats" },
  "estimators": {
    "latent2/annealing/size": "distributions",
    "latent2/encoder/size": "samples",
  },
  "elbo-gap": { "linear/greatestResidual": "nats per vector" },
  "vae-latents": { "k2/elboStdErr": "nats per image" },
};

for (const [task, numbers] of Object.entries(units)) {
  Deno.test(`numbers of ${task} have their units`, () => {
    const found = Object.keys(numbers)
      .map((name) => [name, unitOf(name, unitsOf(task))]);
    assertEquals(Object.fromEntries(found), numbers);
  });
}

Deno.test("the unit of a band is that of the number by its name, so that a table has one word for it", async () => {
  const folder = new URL("../../fixtures/expected/", import.meta.url);
  let checked = 0;
  for (const { name: file } of Deno.readDirSync(folder)) {
    if (!file.endsWith(".json")) continue;
    const task = file.slice(0, -".json".length);
    const bands = await readBands(new URL(file, folder));
    for (const [name, all] of Object.entries(bands)) {
      for (const { unit } of all) {
        const expected = unitOf(name, unitsOf(task));
        assertEquals(unit === "1" ? PURE : unit, expected, `${task} ${name}`);
        checked++;
      }
    }
  }
  assert(checked > 200, `${checked}`);
});
