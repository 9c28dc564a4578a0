/**
 * Reads the measurements of a run.
 * @module
 */
import type { MetricRecord } from "../context.ts";
import { parseJson, type Zod } from "./parse_json.ts";

/**
 * Reads `metrics.jsonl`; a last line without its end, of a killed run, is left out.
 *
 * @param path The file.
 * @returns The records in order.
 * @throws {SyntaxError} If a line is not a record, naming the file, the line and the rule.
 */
export async function readMetrics(
  path: string,
): Promise<readonly MetricRecord[]> {
  const lines = (await Deno.readTextFile(path)).split("\n").slice(0, -1);
  const records: MetricRecord[] = [];
  for (const [i, line] of lines.entries()) {
    const source = `line ${i + 1} of ${path}`;
    const { step, epoch, ...values } = await parseJson(line, source, schema);
    records.push({ step, epoch, values });
  }
  return records;
}

function schema(z: Zod["z"]) {
  const step = z.int().nonnegative();
  return z.object({ step, epoch: z.number().nonnegative() })
    .catchall(z.number());
}
