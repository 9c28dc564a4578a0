/**
 * The page that shows what a finished run has learned, whatever its family.
 * @module
 */
import type { Device } from "../../../compile/types.ts";
import { attentionPage } from "../../viewer/explore/attention/attention_page.ts";
import { denoisingPage } from "../../viewer/explore/denoising/denoising_page.ts";
import { explorePage } from "../../viewer/explore/vae/explore_page.ts";
import { type LoadedRun, loadRun } from "../load_run.ts";
import { denoisedImages } from "./denoised_images.ts";
import { EXPLORABLE, notExplorable } from "./explorable.ts";
import { exploreVae } from "./explore_vae.ts";
import { languageAttention } from "./language_attention.ts";
import { translationAttention } from "./translation_attention.ts";

/** A page, and what the person at the terminal should know. */
export interface ExploredPage {
  /** The whole file. */
  readonly page: string;
  /** What it lacks. */
  readonly notes: readonly string[];
}

/**
 * Makes the page of a run: a VAE computes in it; where a transformer or a translator looks, and what a diffusion model
 * makes of noise, is computed here.
 *
 * @param folder The run's folder.
 * @param device Where translators and diffusion models are compiled for; `cpu` unless given.
 * @returns The page.
 * @throws {RangeError} If the run has not finished, or is of no kind that can be explored.
 * @throws {Error} If the folder holds no run.
 */
export async function exploredPage(
  folder: string,
  device: Device = "cpu",
): Promise<ExploredPage> {
  using run = await load(folder);
  switch (run.model?.kind) {
    case "vae": {
      const explored = await exploreVae(run);
      const { points } = explored;
      return {
        page: await explorePage(explored),
        notes: typeof points === "string"
          ? [`No test images on the map: ${points}`]
          : [],
      };
    }
    case "language": {
      const attended = await languageAttention(run, run.model.language);
      return { page: await attentionPage(attended), notes: [] };
    }
    case "translator": {
      const { translator } = run.model;
      const attended = await translationAttention(
        run.record,
        translator,
        device,
      );
      return { page: await attentionPage(attended), notes: [] };
    }
    case "diffusion": {
      const denoised = await denoisedImages(run, run.model, device);
      return { page: await denoisingPage(denoised), notes: [] };
    }
    default:
      throw notExplorable(`one of ${run.record.task}`);
  }
}

/** Loads a run; where it has no model, says which have. */
async function load(folder: string): Promise<LoadedRun> {
  try {
    return await loadRun(folder);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RangeError(`Expected ${EXPLORABLE}: ${error.message}`);
  }
}
