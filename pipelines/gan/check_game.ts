/**
 * The stage that refuses what no game could learn from or be measured by, before any training.
 * @module
 */
import { type Stage, stage } from "../core/stage.ts";
import { only } from "../core/task/flags.ts";
import {
  type Checked,
  checkedEntry,
  checkMeasurable,
} from "../images/features/check_measurable.ts";
import type { GreyImages } from "../images/images.ts";
import { type GanTraining, ganTraining } from "./gan_settings.ts";
import { checkTurn } from "./items.ts";

/** Refuses images that cannot be measured, and batches larger than the training set. */
export const checkGame: Stage<
  Partial<Pick<GanTraining, "batch">> & { readonly grey: GreyImages },
  Checked
> = stage("check", {
  needs: ["grey"],
  settings: only(ganTraining, "batch"),
  adds: checkedEntry,
}, ({ grey, batch }) => {
  checkMeasurable(grey);
  checkTurn(grey.train.count, batch, 1);
  return { isChecked: true };
});
