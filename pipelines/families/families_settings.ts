/**
 * What shapes the table of families.
 * @module
 */
import { count, list, oneOf, real, text } from "../core/task/fields.ts";
import type { Flags } from "../core/task/flags.ts";

/** Where the runs of families are, and how missing ones are made. */
export interface FamiliesRequest {
  /** The folder with a run of each family, by name and seed; empty for one in the folder of all runs. */
  readonly place: string;
  /** Whether missing runs are made as small as `--smoke` does. */
  readonly size: "full" | "smoke";
  /** The seed of missing runs. */
  readonly familySeed: number;
  /** Minutes that a missing run trains; 0 for as long as the family's own settings say. */
  readonly minutes: number;
  /** Lengths of missing runs as NAME=VALUE, in epochs or weight updates; those that are missing here are measured. */
  readonly lengths: readonly string[];
}

/** Settings of `FamiliesRequest`, with their defaults and rules. */
export const familiesRequest: Flags<FamiliesRequest> = {
  place: text(
    "",
    "folder with runs NAME-SEED of families, where missing ones are trained; families, or families-smoke, in the folder of all runs unless given",
    { form: "PATH" },
  ),
  size: {
    ...oneOf(["full", "smoke"], "how missing runs are made"),
    smoke: "smoke",
  },
  familySeed: count(0, "seed of missing runs", { min: 0 }),
  minutes: real(
    6,
    "minutes that each missing run trains; 0: as long as its own settings say",
    { min: 0, smoke: 0 },
  ),
  lengths: list(
    [],
    text(
      "vae=40",
      "epochs or updates of missing runs by family, such as vae=40,flow=1500; what is not named is measured",
      { form: "NAME=VALUE" },
    ),
    { repeats: "refused" },
  ),
};

/** What is measured of all families alike. */
export interface FamiliesMeasures {
  /** Samples whose nearest training images are looked for. */
  readonly nearest: number;
}

/** Settings of `FamiliesMeasures`, with their defaults and rules. */
export const familiesMeasures: Flags<FamiliesMeasures> = {
  nearest: count(100, "samples whose nearest training images are looked for", {
    smoke: 10,
  }),
};
