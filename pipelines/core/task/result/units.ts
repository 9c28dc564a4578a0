/**
 * Units of a run's numbers, by the words in their names.
 * @module
 */

/** A unit by a word of a name, such as `elbo`. */
export type Units = Readonly<Record<string, string>>;

/** What numbers without a unit are. */
export const PURE = "(pure number)";

const NATS = "nats per image";

/** What the words of this package's numbers mean; a task adds words of its own. */
const common: Units = {
  elbo: NATS,
  elboRise: NATS,
  gap: NATS,
  gapRise: NATS,
  greatestGap: NATS,
  kl: NATS,
  logLikelihood: NATS,
  logLikelihoodRise: NATS,
  logMass: NATS,
  normalizedElbo: NATS,
  objective: NATS,
  reconstruction: NATS,
  spacingError: NATS,
  difference: NATS,
  lower: NATS,
  lowerDifference: NATS,
  quadrature: NATS,
  upper: NATS,
  upperDifference: NATS,
  width: NATS,
  error: NATS,
  crossEntropy: "nats",
  discriminatorLoss: "nats",
  entropy: "nats",
  equalKl: "nats",
  exactValue: "nats",
  farthest: "nats",
  forgetfulError: "nats",
  freeKl: "nats",
  generatorLoss: "nats",
  identityError: "nats",
  jensenShannon: "nats",
  klToUniform: "nats",
  logDetDifference: "nats",
  nearest: "nats",
  objectiveError: "nats",
  smallestGap: "nats",
  total: "nats",
  value: "nats",
  bits: "bits per pixel",
  bitsPerCharacter: "bits per character",
  bitsPerDim: "bits per dimension",
  bitsPerDimByNeighbours: "bits per dimension",
  bitsPerDimByPlace: "bits per dimension",
  consistencyBits: "bits per pixel",
  entropyBits: "bits",
  globalBits: "bits per pixel",
  largerVarianceBits: "bits per pixel",
  neighbourBits: "bits per pixel",
  perPixelBits: "bits per pixel",
  priorBits: "bits per pixel",
  reconstructionBits: "bits per pixel",
  snappingBits: "bits per pixel",
  snappingReconstructionBits: "bits per pixel",
  weightedBitsPerDim: "bits per dimension",
  entropyRate: "nats per character",
  leastLoss: "nats per character",
  loss: "nats per character",
  patientLoss: "nats per character",
  secondHalfLoss: "nats per character",
  firstLoss: "nats per target token",
  unigramEntropy: "nats per target token",
  bleu: "BLEU, lower case",
  chrf: "chrF",
  chrfPlusPlus: "chrF++",
  bestStep: "weight updates",
  epochs: "epochs",
  greatestGapStep: "weight updates",
  step: "weight updates",
  steps: "weight updates",
  stepsToThreshold: "weight updates",
  updates: "weight updates",
  gradientSpikes: "records",
  runsBelowThreshold: "runs",
  seeds: "seeds",
  classes: "of 10",
  count: "images",
  images: "images",
  modes: "modes",
  pairs: "pairs",
  parameters: "numbers",
  size: "samples",
  effectiveSampleSize: "samples",
  evaluations: "evaluations of the model",
  importanceSamples: "samples per image",
  samples: "samples",
  sourceVocabulary: "tokens",
  targetVocabulary: "tokens",
  activeUnits: "units",
  deviation: "standard errors",
  greatestDeviation: "standard errors",
  frechet: "squared units of the features",
  frechetDistance: "squared units of the features",
  change: "half pixel ranges",
  distance: "half pixel ranges",
  closestDistance: "pixel ranges",
  nearestDistance: "pixel ranges",
  lastOverFirst: "last layer over first",
  growthByLayer: "factor per layer",
  depthExponent: "exponent",
  order: "order of convergence",
  largestStableRate: "learning rate",
  largest: "singular value",
  smallest: "singular value",
  smallestKept: "singular value",
  acceptance: "share",
  accuracy: "share",
  avoided: "share",
  avoidedWithout: "share",
  confidence: "mean probability of the likeliest class",
  fake: "mean probability of being real",
  fakeAfter: "mean probability of being real",
  precision: "share",
  quality: "share",
  real: "mean probability of being real",
  recall: "share",
  sameGreyLevels: "share",
  saturatedStart: "share",
  unended: "share",
  wanted: "share",
  wantedWithout: "share",
  inverseError: "units of the data",
  largestError: "logits",
  law: "standard deviation",
  noiseError: "squared standard deviations of the noise",
  noiseErrorFirstQuarter: "squared standard deviations of the noise",
  noiseErrorLastQuarter: "squared standard deviations of the noise",
  noiseErrorSecondQuarter: "squared standard deviations of the noise",
  noiseErrorThirdQuarter: "squared standard deviations of the noise",
  exposureGap: "nats per target token",
  unigramCrossEntropy: "nats per target token",
  validationLoss: "nats per target token",
  lastLoss: "nats per target token",
  alignmentError: "share",
  repeats: "share",
  rightLanguage: "share",
  samePrefix: "share",
  diagonalDistance: "share of the length",
  lengthEffect: "BLEU, lower case",
  lengthRatio: "length over that of the references",
  derivationError: "of the largest singular value",
  samplesPerSecond: "samples a second",
  trainingSeconds: "seconds",
  pace: "updates in the time of the slower model's one",
};

/** Ends of names that say how sure a number is, in that number's unit. */
const ERROR_END = /(StdErr|StdErrPredicted|SamplingError)$/;

/**
 * Finds the unit of a number by its name.
 *
 * @param name Such as `test/elbo`; the error of a number, such as `test/elboStdErr`, has its unit.
 * @param own Units of the task by a word of its names, or by some in a row; they go before those of the package.
 * @returns The unit by the last word of the name that is known; `(pure number)` where none is.
 *
 * @example Usage
 * ```ts
 * import { unitOf } from "@lowerbound/lowerbound/core";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(unitOf("test/elbo"), "nats per image");
 * const own = { "linear/elbo": "nats per vector" };
 * assertEquals(unitOf("linear/elbo", own), "nats per vector");
 * ```
 */
export function unitOf(name: string, own: Units = {}): string {
  const plain = name.replace(ERROR_END, "");
  const ofTask = Object.keys(own)
    .filter((key) => `/${plain}/`.includes(`/${key}/`))
    .sort((a, b) => b.length - a.length)[0];
  if (ofTask !== undefined) return own[ofTask]!; // found
  const word = plain.split("/").findLast((word) => Object.hasOwn(common, word));
  return word === undefined ? PURE : common[word]!; // found
}

/**
 * Finds the unit that is written beside a number.
 *
 * @param name The number's name.
 * @param banded The unit of a band of the number; undefined where it has none.
 * @param own Units of the task, as in {@linkcode unitOf}.
 * @returns The unit; empty for pure numbers.
 */
export function unitBeside(
  name: string,
  banded: string | undefined,
  own: Units = {},
): string {
  const unit = banded ?? unitOf(name, own);
  return unit === "1" || unit === PURE ? "" : unit;
}
