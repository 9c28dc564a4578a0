/**
 * What shapes the table of families.
 * @module
 */
import { count, oneOf, text } from "../core/task/fields.ts";
import type { Flags } from "../core/task/flags.ts";

/** Where the runs of families are, and how missing ones are made. */
export interface FamiliesRequest {
  /** The folder with a run of each family, by name. */
  readonly place: string;
  /** Whether missing runs are made as small as `--smoke` does. */
  readonly size: "full" | "smoke";
  /** The seed of missing runs. */
  readonly familySeed: number;
}

/** Settings of `FamiliesRequest`, with their defaults and rules. */
export const familiesRequest: Flags<FamiliesRequest> = {
  place: text(
    "runs/families",
    "folder with a run of each family; what is missing there is trained",
    { smoke: "runs/families-smoke", form: "PATH" },
  ),
  size: {
    ...oneOf(["full", "smoke"], "how missing runs are made"),
    smoke: "smoke",
  },
  familySeed: count(0, "seed of missing runs", { min: 0 }),
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
