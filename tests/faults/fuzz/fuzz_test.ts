import { assert } from "@std/assert";
import corpus from "./corpus.json" with { type: "json" };
import { fuzz, seedsFrom } from "./fuzz.ts";
import { targets } from "./targets.ts";

const INPUTS = 500;

for (const target of targets) {
  Deno.test(`${target.name} is read right or refused with its rule`, async () => {
    const known: Readonly<Record<string, readonly number[]>> = corpus;
    await fuzz(target, known[target.name] ?? []);
    const { taken, refused } = await fuzz(target, seedsFrom(0, INPUTS));
    assert(taken >= INPUTS / 100, `took ${taken}`); // inputs are neither all sound
    assert(refused >= INPUTS / 100, `refused ${refused}`); // nor all broken
  });
}
