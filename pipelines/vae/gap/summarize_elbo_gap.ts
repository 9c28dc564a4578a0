/**
 * The stage that says what becomes of the gap when a bound is pushed up.
 * @module
 */
import type { Summary } from "../../core/run/summary.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { GapHistory } from "./elbo_gap_entries.ts";
import { leaveReport } from "../../words/leave_report.ts";

/** Names the numbers of both models, and tells them in sentences. */
export const summarizeElboGap: Stage<
  {
    readonly vaeGap: GapHistory;
    readonly linearGap: GapHistory;
    readonly spacingError: number;
  },
  { readonly summary: Summary }
> = stage("summarize", {
  needs: ["vaeGap", "linearGap", "spacingError"],
  adds: { summary: "the run's numbers by name" },
}, async ({ vaeGap, linearGap, spacingError }, context) => {
  const deviation = Math.max(
    ...vaeGap
      .filter(({ residualStdErr }) => residualStdErr > 0) // not known of one image
      .map(({ residual, residualStdErr }) =>
        Math.abs(residual) / residualStdErr
      ),
    0,
  );
  const residual = Math.max(
    ...linearGap.map(({ residual }) => Math.abs(residual)),
  );
  const [vae, linear] = [changesOf(vaeGap), changesOf(linearGap)];
  await leaveReport([
    `log p(x) - ELBO = KL(q(z|x) || p(z|x)). Linear model, three closed forms: equal to ${
      residual.toExponential(1)
    } nats at ${linearGap.length} moments of training.`,
    `VAE, log p(x) and KL by quadrature, the bound by samples: equal within ${
      deviation.toFixed(1)
    } standard errors at ${vaeGap.length} moments; twice the grid spacing changes no image by more than ${
      spacingError.toPrecision(1)
    } nats.`,
    tell("Linear model", linear),
    tell("VAE", vae),
  ], context);
  return {
    summary: {
      ...named("vae", vae),
      "vae/greatestDeviation": deviation,
      "vae/spacingError": spacingError,
      ...named("linear", linear),
      "linear/greatestResidual": residual,
    },
  };
});

/** What happened between the first moment and the last, in nats per item. */
interface Changes {
  readonly logLikelihood: number;
  readonly elbo: number;
  readonly gap: number;
  readonly elboRise: number;
  readonly logLikelihoodRise: number;
  readonly gapRise: number;
  readonly greatestGap: number;
  readonly greatestGapStep: number;
}

function changesOf(history: GapHistory): Changes {
  const first = history[0]!; // the moment before training
  const last = history.at(-1)!; // as above
  const widest = history.reduce((a, b) => b.gap > a.gap ? b : a);
  return {
    logLikelihood: last.logLikelihood,
    elbo: last.elbo,
    gap: last.gap,
    elboRise: last.elbo - first.elbo,
    logLikelihoodRise: last.logLikelihood - first.logLikelihood,
    gapRise: last.gap - first.gap,
    greatestGap: widest.gap,
    greatestGapStep: widest.step,
  };
}

function tell(name: string, changes: Changes): string {
  const { elboRise, logLikelihoodRise, gapRise, greatestGap } = changes;
  const verb = gapRise > 0 ? "grew" : "fell";
  return `${name}: the bound rose by ${
    elboRise.toFixed(2)
  } nats, for log p(x) rose by ${
    logLikelihoodRise.toFixed(2)
  } and the gap ${verb} by ${Math.abs(gapRise).toFixed(3)}; it was widest, ${
    greatestGap.toFixed(3)
  }, after ${changes.greatestGapStep} updates.`;
}

function named(name: string, changes: Changes): Record<string, number> {
  return Object.fromEntries(
    Object.entries(changes).map(([key, value]) => [`${name}/${key}`, value]),
  );
}
