import { assertEquals, assertRejects } from "@std/assert";
import { dirname, join } from "@std/path";
import type { StoredTensor } from "../../../../pipelines/core/context.ts";
import { keyFrom } from "../../../../pipelines/core/random/key.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
} from "../../../../pipelines/core/run/checkpoints/safetensors.ts";
import { drawDigits } from "../../../../pipelines/images/digits/built_in_digits.ts";
import { loadFeatureNetwork } from "../../../../pipelines/images/features/digit_features.ts";
import {
  decodeFeatureFile,
  encodeFeatureFile,
  featureFilePath,
  readFeatureFile,
} from "../../../../pipelines/images/features/feature_file.ts";
import { openFeatureSource } from "../../../../pipelines/images/features/feature_source.ts";
import { tempFolder } from "../../core/temp_folder.ts";

const packagedFile = await readFeatureFile();

/** Leaves a file where a run would have left its network. */
async function leaveIn(
  folder: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const path = join(folder, featureFilePath);
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeFile(path, bytes);
}

Deno.test("the package's network is written and read as it was, byte by byte", async () => {
  const { sha256, ...content } = packagedFile;
  using folder = tempFolder();
  await leaveIn(folder.path, encodeFeatureFile(content));
  const found = await readFeatureFile(folder.path);
  assertEquals(found, { ...content, sha256 });
  assertEquals(content.told["data"], "mnist");
  assertEquals(Object.keys(content.weights).length, 8);
  assertEquals("trainMoments" in content, false);
});

Deno.test("moments of training images stay beside those of test images", async () => {
  const { testMoments: { mean, covariance } } = packagedFile;
  const trainMoments = {
    mean: mean.map((value) => 2 * value), // exact in float32
    covariance: covariance.map((value) => 4 * value),
  };
  const bytes = encodeFeatureFile({ ...packagedFile, trainMoments });
  const found = await decodeFeatureFile(bytes, "a file");
  assertEquals(found.trainMoments, trainMoments);
  assertEquals(found.testMoments, packagedFile.testMoments);
});

type Arrays = Readonly<Record<string, StoredTensor>>;

/** Ways to break a file, and what is said of it. */
const broken: Readonly<
  Record<string, readonly [(tensors: Arrays) => Arrays, string]>
> = {
  "without a weight": [
    ({ "first/filter": _, ...rest }) => rest,
    'Expected "first/filter" of shape [3, 3, 1, 16] in a file, a network that measures samples, but found none',
  ],
  "with a weight of another shape": [
    (all) => ({ ...all, "logits/bias": zeros([11]) }),
    'Expected "logits/bias" of shape [10] in a file, a network that measures samples, but found [11]',
  ],
  "without statistics": [
    ({ "statistics/covariance": _, ...rest }) => rest,
    'Expected "statistics/covariance" of shape [64, 64] in a file',
  ],
  "with one half of the statistics of training images": [
    (all) => ({ ...all, "statistics/trainMean": zeros([64]) }),
    'Expected "statistics/trainCovariance" of shape [64, 64] in a file',
  ],
  "with a number that is not finite": [
    (all) => {
      const mean = zeros([64]);
      mean.data[63] = NaN;
      return { ...all, "statistics/mean": mean };
    },
    'Expected finite numbers in "statistics/mean" of a file but found NaN',
  ],
};

function zeros(shape: readonly number[]): StoredTensor {
  const size = shape.reduce((product, side) => product * side, 1);
  return { shape, data: new Float32Array(size) };
}

for (const [name, [breaks, message]] of Object.entries(broken)) {
  Deno.test(`a file ${name} is refused, and it is said which array is wrong`, async () => {
    const whole = encodeFeatureFile(packagedFile);
    const { tensors, metadata } = await decodeSafetensors(whole, "whole");
    const bytes = encodeSafetensors({ tensors: breaks(tensors), metadata });
    await assertRejects(
      () => decodeFeatureFile(bytes, "a file"),
      SyntaxError,
      message,
    );
  });
}

Deno.test("openFeatureSource() measures with the network of a run, and writes down which", async () => {
  using folder = tempFolder();
  const { testMoments } = packagedFile;
  const told = { data: "mnist" };
  const mean = testMoments.mean.map((value) => 2 * value);
  await leaveIn(
    folder.path,
    encodeFeatureFile({
      ...packagedFile,
      told,
      testMoments: { ...testMoments, mean },
    }),
  );
  const facts: unknown[] = [];
  const context = {
    ...{ device: "cpu", threads: 1 } as const,
    describe: (fact: object) => void facts.push(fact),
  };
  const { path: from } = folder;
  using own = await openFeatureSource({ featureNetwork: from }, context);
  using packaged = await loadFeatureNetwork(context);
  const { pixels } = drawDigits(keyFrom(1), 3);
  assertEquals(await own.measure(pixels), await packaged.measure(pixels));
  assertEquals(own.testMoments.mean, mean);
  const { sha256 } = await readFeatureFile(from);
  assertEquals(facts, [{ features: { from, sha256 } }]);
  using again = await openFeatureSource(
    { featureNetwork: "packaged" },
    context,
  );
  assertEquals(again.testMoments, testMoments);
  assertEquals(facts.length, 1); // of the package's, the version of the package says all
});

Deno.test("openFeatureSource() refuses a folder without a network, and networks of other data", async () => {
  using folder = tempFolder();
  const { path } = folder;
  const context = {
    ...{ device: "cpu", threads: 1 } as const,
    describe: () => {},
  };
  const open = () => openFeatureSource({ featureNetwork: path }, context);
  await assertRejects(
    open,
    Error,
    `Expected the folder of a finished feature-network run but found no ${path}/model/features.safetensors`,
  );
  for (
    const [told, data] of [[{ data: "digits" }, "digits"], [
      {},
      "unknown data",
    ]] as const
  ) {
    await leaveIn(path, encodeFeatureFile({ ...packagedFile, told }));
    await assertRejects(
      open,
      RangeError,
      `Expected a network that learned from mnist, to whose test images distances are measured, but that of ${path} learned from ${data}`,
    );
  }
});
