import { assert, assertEquals } from "@std/assert";
import { convVaeSpecs } from "../../../../models/conv_vae.ts";
import { countParameters } from "../../../../models/parameters/parameters.ts";
import { vaeSpecs } from "../../../../models/vae.ts";
import { widthFor } from "../../../../pipelines/vae/conv/build_architecture.ts";

Deno.test("widthFor() gives the plain VAE closest to a convolutional one", () => {
  const wanted = countParameters(convVaeSpecs({ latent: 20 }));
  const hidden = widthFor(784, 20, wanted);
  const distance = (hidden: number) =>
    Math.abs(
      countParameters(vaeSpecs({ pixels: 784, latent: 20, hidden })) - wanted,
    );
  assert(distance(hidden) <= distance(hidden - 1));
  assert(distance(hidden) <= distance(hidden + 1));
  // 1,630 h + 824 numbers: within half a unit
  assert(distance(hidden) <= 815);
});

Deno.test("widthFor() has a unit at least", () => {
  assertEquals(widthFor(784, 20, 10), 1);
});
