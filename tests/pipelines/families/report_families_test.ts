import { assertEquals } from "@std/assert";
import type { FamilyRow } from "../../../pipelines/families/measure_families.ts";
import {
  bitsSentence,
  distanceSentence,
  familyTable,
  nearestSentence,
} from "../../../pipelines/families/report_families.ts";

function row(
  own: Partial<FamilyRow> & { readonly distance: number },
): FamilyRow {
  const { distance, ...rest } = own;
  return {
    title: "flow",
    name: "flow",
    made: "",
    quality: {
      count: 2000,
      frechet: { mean: distance, standardError: 0.5 },
      precision: 0.5,
      recall: 0.25,
      classes: 10,
      confidence: 0.9,
      shares: [],
      entropyBits: 3.3,
    },
    nearest: { mean: 0.2, standardError: 0.01 },
    closest: 0.15,
    bits: undefined,
    bitsOf: undefined,
    parameters: undefined,
    trainingSeconds: undefined,
    seconds: undefined,
    perSecond: undefined,
    first: new Uint8Array(),
    neighbours: new Uint8Array(),
    ...rest,
  };
}

const grey = "256 grey levels";
const rows = [
  row({
    distance: 30,
    bits: { bits: 1.25, standardError: 0.01 },
    bitsOf: grey,
    parameters: 12_345,
    trainingSeconds: 200.2,
    seconds: 240.4,
    perSecond: 8,
  }),
  row({ title: "GAN", name: "gan", distance: 20 }),
  row({ title: "validation images", name: "validation-images", distance: 2 }),
];

Deno.test("the table has a row for each family, and empty cells where nothing is known", () => {
  const lines = familyTable(rows).trimEnd().split("\n");
  assertEquals(lines.length, 5);
  assertEquals(
    lines[2],
    "| flow | 1.250 ± 0.010 | 256 grey levels | 30.00 ± 0.50 | 0.50 | 0.25 | 10 | 0.900 | 0.200 ± 0.010 | 8 | 12,345 | 200 | 240 |",
  );
  assertEquals(lines[3]!.startsWith("| GAN |  |  | 20.00 ± 0.50 |"), true);
});

Deno.test("the sentences name the nearest family first, and who has no likelihood", () => {
  assertEquals(
    distanceSentence(rows).startsWith(
      "Fréchet distances of samples to test images, in the same features: GAN 20.00 ± 0.50 (2,000 samples, precision 0.50, recall 0.25); flow",
    ),
    true,
  );
  assertEquals(
    bitsSentence(rows),
    "Bits for each pixel, of images in 256 grey levels: flow 1.2500. Numbers of different images cannot be compared. GAN has no likelihood.",
  );
});

Deno.test("a sample that is nearly a training image is told", () => {
  assertEquals(nearestSentence(rows).includes("No family has a sample"), true);
  const copies = [
    row({ distance: 1, title: "copier", closest: 0.01 }),
    rows[2]!,
  ];
  assertEquals(nearestSentence(copies).includes("copier has a sample"), true);
});
