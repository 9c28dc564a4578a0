/**
 * The stage that refuses what a game of the study could not learn from or be measured by, before any is played.
 * @module
 */
import { type Stage, stage } from "../../core/stage.ts";
import { only } from "../../core/task/flags.ts";
import {
  type Checked,
  checkedEntry,
  checkMeasurable,
} from "../../images/features/check_measurable.ts";
import type { GreyImages } from "../../images/images.ts";
import { checkTurn } from "../items.ts";
import {
  imageGames,
  type ImageTraining,
  type ModesRequest,
  modesRequest,
} from "./modes_settings.ts";
import { imageStrength, remedy } from "./remedies.ts";

/** Refuses images that cannot be measured, and turns of any game that take more batches than there are. */
export const checkModes: Stage<
  & Partial<Pick<ModesRequest, "remedies"> & Pick<ImageTraining, "batch">>
  & { readonly grey: GreyImages },
  Checked
> = stage("check", {
  needs: ["grey"],
  settings: { ...only(modesRequest, "remedies"), ...only(imageGames, "batch") },
  adds: checkedEntry,
}, ({ grey, remedies, batch }) => {
  checkMeasurable(grey);
  for (const name of remedies) {
    const { criticUpdates } = remedy(name, imageStrength);
    checkTurn(grey.train.count, batch, criticUpdates);
  }
  return { isChecked: true };
});
