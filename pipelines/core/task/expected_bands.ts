/**
 * Where a task's numbers are expected to lie.
 * @module
 */
import { readFile } from "node:fs/promises";
import { isMissing } from "../missing.ts";
import type { Json } from "../context.ts";
import type { ZodType } from "zod";
import { parseJson, type Zod } from "../run/parse_json.ts";

/** Where a number is expected to lie, and why. */
export interface Band {
  /** The least expected. */
  readonly low: number;
  /** The greatest expected. */
  readonly high: number;
  /** Such as `nats per image`. */
  readonly unit: string;
  /** How the band was found. */
  readonly measured: string;
  /** Settings and facts of the runs that the band is for. */
  readonly when: Readonly<Record<string, Json>>;
}

/** The bands for a run, by the number's name. */
export type Bands = Readonly<Record<string, Band>>;

/** All bands by the number's name: one for each kind of run that was measured. */
export type BandsByRun = Readonly<Record<string, readonly Band[]>>;

/**
 * Reads the expected bands of a task.
 *
 * @param file The file, which may be missing.
 * @returns The bands; none where there is no file.
 * @throws {SyntaxError} If the file breaks the layout, naming it and the rule.
 */
export async function readBands(file: URL): Promise<BandsByRun> {
  if (file.protocol !== "file:") return {}; // the package was not installed as files
  try {
    const text = await readFile(file, "utf8");
    return await parseJson(text, file.pathname, bandsSchema);
  } catch (error) {
    if (isMissing(error)) return {};
    throw error;
  }
}

/**
 * Finds the bands that are for a run: of several for the same number the first.
 *
 * @param bands All bands.
 * @param settings The run's settings and facts by name: dataset, device, seed, epochs.
 * @returns Those whose `when` agrees.
 */
export function bandsFor(
  bands: BandsByRun,
  settings: Readonly<Record<string, Json>>,
): Bands {
  const isFor = ({ when }: Band) =>
    Object.entries(when).every(([name, value]) =>
      JSON.stringify(settings[name]) === JSON.stringify(value) // lists, too
    );
  return Object.fromEntries(
    Object.entries(bands).flatMap(([name, all]) => {
      const band = all.find(isFor);
      return band ? [[name, band]] : [];
    }),
  );
}

/** The schema of a file of bands. */
export function bandsSchema(z: Zod["z"]): ZodType<BandsByRun> {
  const one = z.union([z.string(), z.number(), z.boolean()]);
  const setting = z.union([one, z.array(one)]);
  const band = z.strictObject({
    low: z.number(),
    high: z.number(),
    unit: z.string(),
    measured: z.string(),
    when: z.record(z.string(), setting).default({}),
  }).refine(({ low, high }) => low <= high, "Expected low to be at most high");
  const list = (value: unknown) => Array.isArray(value) ? value : [value];
  return z.record(z.string(), z.preprocess(list, z.array(band)));
}
