/**
 * One table for all families of models.
 * @module
 */
import { pipeline } from "../core/pipeline.ts";
import type { Summary } from "../core/run/summary.ts";
import { type Stage, stage } from "../core/stage.ts";
import type { Flags } from "../core/task/flags.ts";
import {
  type Checked,
  checkedEntry,
  checkMeasurable,
} from "../images/features/check_measurable.ts";
import type { GreyImages } from "../images/images.ts";
import {
  type ImageRequest,
  imageRequest,
  loadMnist,
} from "../images/load_mnist.ts";
import { drawFamilies } from "./draw_families.ts";
import {
  type FamiliesMeasures,
  familiesMeasures,
  type FamiliesRequest,
  familiesRequest,
} from "./families_settings.ts";
import type { Family } from "./family.ts";
import { measureFamilies } from "./measure_families.ts";
import { obtainRuns } from "./obtain_runs.ts";
import { reportFamilies } from "./report_families.ts";

/** Everything that shapes the table. */
export interface FamiliesConfig
  extends ImageRequest, FamiliesRequest, FamiliesMeasures {}

/** Settings of the table but for `data`. */
export const familiesFlags: Flags<Omit<FamiliesConfig, "data">> = {
  ...familiesRequest,
  ...familiesMeasures,
  ...imageRequest,
};

/** Refuses images that not every family could be measured by, before any is trained. */
const checkFamilies: Stage<{ readonly grey: GreyImages }, Checked> = stage(
  "check",
  { needs: ["grey"], adds: checkedEntry },
  ({ grey }) => {
    checkMeasurable(grey);
    return { isChecked: true };
  },
);

/**
 * From finished runs, made where they are missing, to one table.
 *
 * @param name Of the experiment.
 * @param families The rows of the table.
 */
export function familiesExperiment(
  name: string,
  families: readonly Family[],
): Stage<FamiliesConfig, { readonly summary: Summary }> {
  return pipeline<FamiliesConfig>(name)
    .pipe(loadMnist)
    .pipe(checkFamilies)
    .pipe(obtainRuns(families))
    .pipe(measureFamilies)
    .pipe(reportFamilies)
    .pipe(drawFamilies)
    .give("summary");
}
