/**
 * The stage that says how far estimators of log p(x) can be trusted.
 * @module
 */
import type { Summary } from "../../core/run/summary.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { withError } from "../../statistics/with_error.ts";
import type { EstimatePoint, Estimates, EstimatorName } from "./estimates.ts";
import { leaveReport } from "../../words/leave_report.ts";

/** Names the numbers of each model, and tells them in sentences. */
export const summarizeEstimators: Stage<
  { readonly models: readonly Estimates[] },
  { readonly summary: Summary }
> = stage("summarize", {
  needs: ["models"],
  adds: { summary: "the run's numbers by name" },
}, async ({ models }, context) => {
  await leaveReport(models.flatMap(sentencesOf), context);
  return { summary: Object.assign({}, ...models.map(numbersOf)) };
});

const ESTIMATORS: readonly EstimatorName[] = ["prior", "encoder", "annealing"];

function numbersOf(model: Estimates): Summary {
  const prefix = `latent${model.latent}`;
  const { sandwich, truth, spacingError, annealingDifference } = model;
  const numbers: Record<string, number> = {
    ...Object.assign(
      {},
      ...ESTIMATORS.map((name) => pointNumbers(name, largest(model, name))),
    ),
    acceptance: model.acceptance,
    "simulated/lower": sandwich.lower,
    "simulated/upper": sandwich.upper,
    "simulated/width": sandwich.upper - sandwich.lower,
    ...sandwich.truth && {
      "simulated/quadrature": sandwich.truth.value,
      ...withError("simulated/lowerDifference", sandwich.truth.lower),
      ...withError("simulated/upperDifference", sandwich.truth.upper),
    },
    ...truth !== undefined && { quadrature: truth },
    ...spacingError !== undefined && { spacingError },
    ...annealingDifference && {
      ...withError("annealing/difference", annealingDifference),
      "encoder/errorRatio": ratioOf(steadiest(model, "encoder")),
    },
  };
  return Object.fromEntries(
    Object.entries(numbers).map((
      [name, value],
    ) => [`${prefix}/${name}`, value]),
  );
}

function pointNumbers(
  name: EstimatorName,
  { bound, effectiveSampleSize, evaluations, size, error }: EstimatePoint,
): Summary {
  return {
    [`${name}/size`]: size,
    [`${name}/evaluations`]: evaluations,
    [`${name}/logLikelihood`]: bound,
    [`${name}/effectiveSampleSize`]: effectiveSampleSize,
    ...error !== undefined && { [`${name}/error`]: error },
  };
}

function largest({ points }: Estimates, name: EstimatorName): EstimatePoint {
  return points.findLast((point) => point.estimator === name)!; // each estimator has a point
}

/** The size before the largest, of which there are ten estimates for each image. */
function steadiest({ points }: Estimates, name: EstimatorName): EstimatePoint {
  const own = points.filter((point) => point.estimator === name);
  return own.at(-2) ?? own.at(-1)!; // as above
}

/** The measured error over the one that the delta method predicts. */
function ratioOf({ error, predictedError }: EstimatePoint): number {
  return (error ?? NaN) / predictedError;
}

function sentencesOf(model: Estimates): readonly string[] {
  const { latent, images, sandwich, truth, acceptance } = model;
  const [prior, encoder, annealing] = ESTIMATORS.map((name) =>
    largest(model, name)
  );
  const values = [
    `${prior!.size} samples of the prior ${nats(prior!.bound)}`,
    `of the encoder ${nats(encoder!.bound)}`,
    `annealing through ${annealing!.size} distributions ${
      nats(annealing!.bound)
    }`,
    ...truth === undefined ? [] : [`quadrature ${nats(truth)}`],
  ];
  return [
    `latent ${latent}: mean log p(x) of ${images} test images: ${
      values.join(", ")
    }.`,
    `latent ${latent}: samples worth as much as all that were drawn: ${
      prior!.effectiveSampleSize.toFixed(1)
    } of the prior, ${
      encoder!.effectiveSampleSize.toFixed(1)
    } of the encoder; transitions were accepted with ${
      (100 * acceptance).toFixed(0)
    } %.`,
    ...truth === undefined ? [] : [shrinking(model)],
    `latent ${latent}: on images drawn from the model log p(x) lies between ${
      nats(sandwich.lower)
    } and ${nats(sandwich.upper)}, ${
      (sandwich.upper - sandwich.lower).toFixed(4)
    } apart${
      sandwich.truth === undefined
        ? ""
        : `; quadrature gives ${nats(sandwich.truth.value)}, ${
          (-sandwich.truth.lower.mean).toFixed(4)
        } ± ${
          sandwich.truth.lower.standardError.toFixed(4)
        } above the lower and ${sandwich.truth.upper.mean.toFixed(4)} ± ${
          sandwich.truth.upper.standardError.toFixed(4)
        } below the upper bound`
    }.`,
  ];
}

/** With a quadrature. */
function shrinking(model: Estimates): string {
  const point = steadiest(model, "encoder");
  const prior = largest(model, "prior");
  return `latent ${model.latent}: estimates from ${point.size} samples of the encoder are off by ${
    point.error!.toPrecision(2)
  } nats, where 1/sqrt(S) predicts ${
    point.predictedError.toPrecision(2)
  }; from ${prior.size} of the prior by ${
    prior.error!.toPrecision(2)
  }, where the weights predict ${prior.predictedError.toPrecision(2)}.`;
}

function nats(value: number): string {
  return `${value.toFixed(3)} nats`;
}
