import { assertEquals } from "@std/assert";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import type { FamilyRow } from "../../../pipelines/families/measure_families.ts";
import type { DatasetInfo } from "../../../pipelines/core/data/dataset_info.ts";
import type { GreyImages } from "../../../pipelines/images/images.ts";
import { reportFamilies } from "../../../pipelines/families/report_families.ts";
import { reportIn } from "../report_in.ts";

const row = (
  title: string,
  distance: number,
  own: Partial<FamilyRow> = {},
): FamilyRow => ({
  ...{ title, name: title.toLowerCase().replace(" ", "-"), made: "" },
  quality: {
    ...{ count: 2345, frechet: { mean: distance, standardError: 0.5 } },
    ...{ precision: 0.625, recall: 0.25, classes: 9, confidence: 0.875 },
    shares: [],
    entropyBits: 3.25,
  },
  ...{ nearest: { mean: 0.1875, standardError: 0.01 }, closest: 0.15 },
  ...{ bits: undefined, bitsOf: undefined, parameters: undefined },
  ...{ seconds: undefined, perSecond: undefined, trainingSeconds: undefined },
  ...{ first: new Uint8Array(), neighbours: new Uint8Array() },
  ...own,
});

const real = row("validation images", 2, { closest: 0.12 });
const flow = row("Flow", 30, {
  bits: { bits: 1.25, standardError: 0.01 },
  ...{ bitsOf: "256 grey levels", parameters: 12_345, seconds: 1240.4 },
  trainingSeconds: 600.6,
  perSecond: 8.4,
});
const vae = row("VAE", 25, {
  bits: { bits: 0.15, standardError: undefined },
  ...{ bitsOf: "black and white by threshold", closest: 0.0625 },
});
const rows = [
  flow,
  vae,
  row("GAN", 20),
  row("Twin", 22, { closest: 0.05 }),
  real,
];

/** The words for MNIST are those that the texts below have. */
const mnist = {
  grey: {} as GreyImages,
  dataset: { name: "mnist" } as DatasetInfo,
}; // no more is read

async function reported(rows: readonly FamilyRow[]) {
  const store = memoryRun();
  const { summary } = await execute(reportFamilies, { rows, ...mnist }, {
    ...{ seed: 0, store },
  });
  return {
    summary,
    report: reportIn(store),
    table: store.files.get("table.md"),
  };
}

Deno.test("reportFamilies() tells distances from the least, likelihoods by kind, and samples that are nearly copies", async () => {
  const { report, table, summary } = await reported(rows);
  assertEquals(
    report,
    "Fréchet distances of samples to test images, in the same features: GAN 20.00 ± 0.50 " +
      "(2,345 samples, precision 0.63, recall 0.25); Twin 22.00 ± 0.50 (2,345 samples, " +
      "precision 0.63, recall 0.25); VAE 25.00 ± 0.50 (2,345 samples, precision 0.63, recall " +
      "0.25); Flow 30.00 ± 0.50 (2,345 samples, precision 0.63, recall 0.25); validation " +
      "images 2.00 ± 0.50. Distances of fewer samples are greater by a little.\nBits for each " +
      "pixel, of images in 256 grey levels: Flow 1.2500; of images in black and white by " +
      "threshold: VAE 0.1500. Numbers of different images cannot be compared. GAN and Twin " +
      "have no likelihood.\nRoot mean square difference of samples to their nearest training " +
      "images: Flow 0.188 ± 0.010, VAE 0.188 ± 0.010, GAN 0.188 ± 0.010, Twin 0.188 ± 0.010; " +
      "validation images 0.188 ± 0.010, the nearest 0.120. Twin has a sample that is more than " +
      "twice as near to a training image as the nearest of these: look at the figure.",
  );
  assertEquals(
    table,
    "| family | bits for each pixel | of images | Fréchet distance | precision | recall | " +
      "classes | confidence | nearest training image | samples/s | parameters | training, s | " +
      "whole run, s |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- " +
      "| --- |\n| Flow | 1.250 ± 0.010 | 256 grey levels | 30.00 ± 0.50 | 0.63 | 0.25 | 9 | " +
      "0.875 | 0.188 ± 0.010 | 8 | 12,345 | 601 | 1,240 |\n| VAE | 0.15 | black and white by " +
      "threshold | 25.00 ± 0.50 | 0.63 | 0.25 | 9 | 0.875 | 0.188 ± 0.010 |  |  |  |  |\n| GAN " +
      "|  |  | 20.00 ± 0.50 | 0.63 | 0.25 | 9 | 0.875 | 0.188 ± 0.010 |  |  |  |  |\n| Twin |  " +
      "|  | 22.00 ± 0.50 | 0.63 | 0.25 | 9 | 0.875 | 0.188 ± 0.010 |  |  |  |  |\n| validation " +
      "images |  |  | 2.00 ± 0.50 | 0.63 | 0.25 | 9 | 0.875 | 0.188 ± 0.010 |  |  |  |  |\n",
  );
  const of = (name: string) =>
    Object.entries(summary).filter(([entry]) => entry.startsWith(name));
  assertEquals(Object.fromEntries(of("flow/")), {
    "flow/bitsPerDim": 1.25,
    "flow/bitsPerDimStdErr": 0.01,
    "flow/frechetDistance": 30,
    "flow/frechetDistanceStdErr": 0.5,
    "flow/precision": 0.625,
    "flow/recall": 0.25,
    "flow/classes": 9,
    "flow/confidence": 0.875,
    "flow/entropyBits": 3.25,
    "flow/samples": 2345,
    "flow/nearestDistance": 0.1875,
    "flow/nearestDistanceStdErr": 0.01,
    "flow/closestDistance": 0.15,
    "flow/parameters": 12345,
    "flow/trainingSeconds": 600.6,
    "flow/samplesPerSecond": 8.4,
  });
  assertEquals(of("vae/bits"), [["vae/bitsPerDim", 0.15]]);
  assertEquals(of("gan/bits"), []);
  assertEquals(summary["twin/closestDistance"], 0.05);
});

Deno.test("reportFamilies() says what is missing: likelihoods, or any family", async () => {
  const one = await reported([row("GAN", 20), real]);
  assertEquals(one.report.split("\n").slice(1), [
    "GAN has no likelihood.",
    "Root mean square difference of samples to their nearest training images: GAN 0.188 ± 0.010; validation images 0.188 ± 0.010, the nearest 0.120. No family has a sample that is twice as near to a training image as the nearest of these.",
  ]);
  const none = await reported([real]);
  assertEquals(none.report, "");
});
