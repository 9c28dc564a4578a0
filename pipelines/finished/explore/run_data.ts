/**
 * The data that a finished run saw.
 * @module
 */
import type { Json } from "../../core/context.ts";
import { type DataSource, loadData } from "../../core/data/load_data.ts";
import type { RunRecord } from "../../core/run/run_record.ts";

/**
 * Loads the data of a run again.
 *
 * @param record What the run recorded.
 * @param source The kind of data.
 * @returns The data.
 * @throws {Error} If it is not found, is damaged, or is no longer what the run saw.
 */
export async function runData<T>(
  { config, facts }: Pick<RunRecord, "config" | "facts">,
  source: DataSource<T>,
): Promise<T> {
  const given = config["data"];
  const dataset = facts["dataset"];
  const request = given === "auto" ? entry(dataset, "name") : given;
  if (typeof request !== "string") {
    throw new RangeError("the run recorded no data");
  }
  const { data, dataset: found } = await loadData(request, source, {
    note: () => {},
    signal: new AbortController().signal,
  });
  const sha256 = entry(dataset, "sha256");
  if (found.sha256 === sha256) return data;
  throw new RangeError(
    `Expected data of SHA-256 ${sha256} but found ${found.sha256}`,
  );
}

/** The first line of an error: why the data could not be loaded. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split("\n", 1)[0] ?? text;
}

function entry(table: Json | undefined, name: string): Json | undefined {
  return typeof table === "object" && table !== null && !Array.isArray(table)
    ? (table as Readonly<Record<string, Json>>)[name]
    : undefined;
}
