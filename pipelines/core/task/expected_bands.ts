/**
 * Where a task's numbers are expected to lie.
 * @module
 */
import type { Json } from "../context.ts";
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

/** Bands by the number's name. */
export type Bands = Readonly<Record<string, Band>>;

/**
 * Reads the expected bands of a task.
 *
 * @param file The file, which may be missing.
 * @returns The bands; none where there is no file.
 * @throws {SyntaxError} If the file breaks the layout, naming it and the rule.
 */
export async function readBands(file: URL): Promise<Bands> {
  if (file.protocol !== "file:") return {}; // the package was not installed as files
  try {
    const text = await Deno.readTextFile(file);
    return await parseJson(text, file.pathname, bandsSchema);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw error;
  }
}

/**
 * Finds the bands that are for a run.
 *
 * @param bands All bands.
 * @param settings The run's settings and facts by name: dataset, device, seed, epochs.
 * @returns Those whose `when` agrees.
 */
export function bandsFor(
  bands: Bands,
  settings: Readonly<Record<string, Json>>,
): Bands {
  return Object.fromEntries(
    Object.entries(bands).filter(([, { when }]) =>
      Object.entries(when).every(([name, value]) =>
        JSON.stringify(settings[name]) === JSON.stringify(value) // lists, too
      )
    ),
  );
}

function bandsSchema(z: Zod["z"]) {
  const one = z.union([z.string(), z.number(), z.boolean()]);
  const setting = z.union([one, z.array(one)]);
  const band = z.strictObject({
    low: z.number(),
    high: z.number(),
    unit: z.string(),
    measured: z.string(),
    when: z.record(z.string(), setting).default({}),
  }).refine(({ low, high }) => low <= high, "Expected low to be at most high");
  return z.record(z.string(), band);
}
