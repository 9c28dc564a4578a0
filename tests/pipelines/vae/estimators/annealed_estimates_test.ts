import { assertEquals } from "@std/assert";
import type { ImageAnnealer } from "../../../../pipelines/vae/estimators/anneal_images.ts";
import { keyFrom } from "../../../../pipelines/core/random/key.ts";
import {
  annealPaths,
  squeeze,
} from "../../../../pipelines/vae/estimators/annealed_estimates.ts";
import { inContext } from "../../in_context.ts";
import { toyImages } from "../toy_vae.ts";

Deno.test("step sizes are searched along half the path, and paths are three times as long as the ones before", async () => {
  const tuned: number[] = [];
  const walked: number[] = [];
  const walk = (_: unknown, path: { readonly distributions: number }) => {
    walked.push(path.distributions);
    const logWeights = new Float64Array(4); // one chain of each image
    return Promise.resolve({ logWeights, evaluations: 1, acceptance: 0.5 });
  };
  const annealer = {
    tune: (_: unknown, distributions: number) => {
      tuned.push(distributions);
      return Promise.resolve([]);
    },
    ...{ up: walk, down: walk },
  } as unknown as ImageAnnealer; // all that is called
  await inContext(async (context) => {
    const split = toyImages.test;
    const of = (distributions: number) => ({ distributions, key: keyFrom(0) });
    await annealPaths(annealer, split, of(54), context);
    assertEquals([tuned, walked], [[27], [2, 6, 18, 54]]);
    await annealPaths(annealer, split, of(1), context);
    assertEquals([tuned.at(-1), walked.slice(4)], [1, [1]]);
    const simulated = { split, latents: new Float32Array(8) };
    await squeeze(annealer, simulated, of(30), context);
    assertEquals([tuned.at(-1), walked.slice(5)], [15, [30, 30]]);
  });
});
