import { assert, assertEquals } from "@std/assert";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import { buildVae } from "../../../pipelines/vae/build_vae.ts";
import { buildIwae } from "../../../pipelines/vae/iwae/build_iwae.ts";
import { buildPixelVae } from "../../../pipelines/vae/likelihoods/build_pixel_vae.ts";
import { drawPixelCases } from "../../../pipelines/vae/likelihoods/draw_pixel_cases.ts";
import { toyDataset, toyImages } from "./toy_vae.ts";

const run = { seed: 3 };
const sizes = { images: toyImages, latent: 2, hidden: [5] };

/** The shapes of variables by path. */
function shapesOf(
  { variables }: {
    readonly variables: Readonly<Record<string, { readonly shape: number[] }>>;
  },
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, { shape }]) => [name, `${shape}`]),
  );
}

Deno.test("buildVae() fits the images' size, and draws other weights for another seed", async () => {
  const { vae } = await execute(buildVae, sizes, run);
  const { vae: again } = await execute(buildVae, sizes, run);
  const { vae: other } = await execute(buildVae, sizes, { seed: 4 });
  using stack = new DisposableStack();
  for (const one of [vae, again, other]) stack.use(one);
  assertEquals(shapesOf(vae)["encoder/hidden/weight"], "4,5");
  assertEquals(shapesOf(vae)["decoder/logits/weight"], "5,4");
  const first = (
    one: typeof vae,
  ) => [...one.variables["encoder/mean/weight"]!.dataSync()];
  assertEquals(first(again), first(vae));
  assert(`${first(other)}` !== `${first(vae)}`);
});

Deno.test("buildIwae() has one layer of latents, of the images' size", async () => {
  const { vae, latentLayers } = await execute(buildIwae, sizes, run);
  using _ = vae;
  assertEquals(latentLayers, 1);
  assertEquals(shapesOf(vae)["decoder/logits/weight"], "5,4");
});

Deno.test("buildPixelVae() learns one variance where pixels are normal, and none elsewhere", async () => {
  const found = [];
  for (const pixelLikelihood of ["bernoulli", "normal"] as const) {
    const input = { ...sizes, pixelLikelihood };
    const { vae } = await execute(buildPixelVae, input, run);
    using _ = vae;
    found.push(Object.keys(vae.variables).length);
  }
  assertEquals(found[1]! - found[0]!, 1);
});

Deno.test("drawPixelCases() draws means, drawn pixels and the log mass of each case", async () => {
  const store = memoryRun();
  const images = Float32Array.of(0, 0.5, 0.5, 1, 1, 1, 0, 0);
  await execute(drawPixelCases, {
    ...{ grey: toyImages, dataset: toyDataset },
    pixelCases: [{
      ...{ title: "Bernoulli on grey pixels", likelihood: "bernoulli" },
      ...{ pixels: "none", elbo: -5, reconstruction: -4, kl: 1 },
      ...{ logLikelihood: -4.5, logMass: -2.75, means: images, drawn: images },
    }],
  }, { seed: 0, store });
  assertEquals([...store.figures.keys()], ["means", "drawn", "log_mass"]);
  const text = JSON.stringify(store.figures.get("log_mass")?.spec);
  assert(
    text.includes(`"label":"Bernoulli on grey pixels","value":-2.75`),
    text,
  );
});
