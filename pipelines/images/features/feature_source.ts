/**
 * Which network measures samples.
 * @module
 */
import type { RunContext } from "../../core/context.ts";
import { text } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";
import { type FeatureNetwork, openFeatureNetwork } from "./digit_features.ts";
import { packaged, readFeatureFile } from "./feature_file.ts";

/** The network that measures samples. */
export interface FeatureSource {
  /** `packaged`, or the folder of a finished `feature-network` run. */
  readonly featureNetwork: string;
}

/** Flag of the network. */
export const featureSource: Flags<FeatureSource> = {
  featureNetwork: text(
    packaged,
    "folder of a finished feature-network run on mnist, whose network measures samples; packaged: that of the package",
    { form: "FOLDER" },
  ),
};

/** What a network must have learned from: distances are measured to the test images of these data. */
const DATA = "mnist";

/**
 * Reads the network that was asked for, and refuses one of other data than MNIST.
 *
 * @param source Which one.
 * @returns The network, with the SHA-256 of its file.
 * @throws {Error} If there is no network.
 * @throws {SyntaxError} If its file is damaged.
 * @throws {RangeError} If it learned from other data.
 */
export async function readFeatureSource(
  { featureNetwork }: FeatureSource,
): ReturnType<typeof readFeatureFile> {
  const found = await readFeatureFile(featureNetwork);
  const { data = "unknown data" } = found.told;
  if (data === DATA) return found;
  throw new RangeError(
    `Expected a network that learned from ${DATA}, to whose test images distances are measured, but that of ${featureNetwork} learned from ${data}`,
  );
}

/**
 * Prepares the network that was asked for; one that is not the package's is written down in the run's record.
 *
 * @param source Which one.
 * @param context Of the stage that measures.
 * @returns The network; dispose it when it is no longer used.
 * @throws {Error} If there is no network.
 * @throws {SyntaxError} If its file is damaged.
 * @throws {RangeError} If it learned from other data than MNIST.
 */
export async function openFeatureSource(
  source: FeatureSource,
  context: Pick<RunContext, "device" | "threads" | "describe">,
): Promise<FeatureNetwork> {
  const file = await readFeatureSource(source);
  const { featureNetwork: from } = source;
  if (from !== packaged) {
    context.describe({ features: { from, sha256: file.sha256 } });
  }
  return await openFeatureNetwork(file, context);
}
