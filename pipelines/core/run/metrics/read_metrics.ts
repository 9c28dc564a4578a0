/**
 * Reads the measurements of a run.
 * @module
 */
import type { MetricRecord } from "../../context.ts";
import { jsonParser, type Zod } from "../parse_json.ts";

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
  const parse = await jsonParser(schema);
  const lines = (await Deno.readTextFile(path)).split("\n").slice(0, -1);
  return lines.map((line, i) => {
    const { step, epoch, ...values } = parse(line, `line ${i + 1} of ${path}`);
    return { step, epoch, values };
  });
}

function schema(z: Zod["z"]) {
  const step = z.int().nonnegative();
  return z.object({ step, epoch: z.number().nonnegative() })
    .catchall(z.number());
}
