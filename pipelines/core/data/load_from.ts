/**
 * What the loading stages share: the person is told, the record is kept.
 * @module
 */
import type { RunContext } from "../context.ts";
import { type DataSource, loadData, type Loaded } from "./load_data.ts";

/**
 * Loads data for a stage, warns where the built-in data stands in, and records what was loaded.
 *
 * @param request What `--data` asks for.
 * @param source The kind of data.
 * @param context The stage's run.
 * @returns The data and what to say about it.
 * @throws {Error} If the data asked for is not found or is damaged.
 */
export async function loadFrom<T>(
  request: string,
  source: DataSource<T>,
  { progress, signal, describe, dataLimit }: RunContext,
): Promise<Loaded<T>> {
  const note = progress.note;
  const loaded = await loadData(request, source, {
    note,
    signal,
    most: dataLimit,
  });
  const { name, origin, notice } = loaded.dataset;
  if (notice !== undefined) progress.warn(notice);
  else {note(
      `Data: ${name}, ${origin === "built-in" ? origin : `from ${origin}`}`,
    );}
  describe({ dataset: { ...loaded.dataset } });
  return loaded;
}
