/**
 * Rows of maps of attention, and what holds of all of them.
 * @module
 */
import { assert, assertAlmostEquals } from "@std/assert";
import type { Json } from "../../../../pipelines/core/context.ts";
import type { DatasetInfo } from "../../../../pipelines/core/data/dataset_info.ts";
import {
  readRecord,
  writeRecord,
} from "../../../../pipelines/core/run/run_record.ts";
import type { AttentionMap } from "../../../../pipelines/viewer/explore/attention/attention_maps.ts";

/** The weights of one row, from 0 to 1. */
export function rowOf(
  { weights, heads, rows, columns }: AttentionMap,
  [layer, head, row]: readonly [number, number, number],
): readonly number[] {
  const at = ((layer * heads + head) * rows.length + row) * columns.length;
  return [...weights.subarray(at, at + columns.length)].map((x) => x / 255);
}

/** Expects each row to share out 1, within half a step of 1/255 for each column. */
export function assertShared(map: AttentionMap): void {
  for (let layer = 0; layer < map.layers; layer++) {
    for (let head = 0; head < map.heads; head++) {
      map.rows.forEach((_, row) => {
        const sum = rowOf(map, [layer, head, row]).reduce((a, b) => a + b, 0);
        assertAlmostEquals(sum, 1, map.columns.length / 510 + 1e-5);
      });
    }
  }
}

/** Expects no position to look at a later one. */
export function assertCausal(map: AttentionMap): void {
  for (let layer = 0; layer < map.layers; layer++) {
    map.rows.forEach((_, row) => {
      const later = rowOf(map, [layer, 0, row]).slice(row + 1);
      assert(later.every((weight) => weight === 0));
    });
  }
}

/** Writes into the record of a run which data it saw. */
export async function recordData(
  folder: string,
  dataset: Pick<DatasetInfo, "name" | "sha256">,
): Promise<void> {
  const facts = { dataset: { ...dataset } as Record<string, Json> };
  writeRecord(folder, { ...await readRecord(folder), facts });
}
