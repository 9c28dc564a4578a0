/**
 * Reads the measurements of a run.
 * @module
 */
import fs from "node:fs";
import type { MetricRecord } from "../../context.ts";
import { jsonParser } from "../parse_json.ts";
import { lineSchema } from "../schemas.ts";

/**
 * Reads `metrics.jsonl`; a last line that is torn, of a killed run or one that goes on, is left out.
 *
 * @param path The file.
 * @param onTorn Is told of a torn last line; of a finished run it is damage.
 * @returns The records in order.
 * @throws {SyntaxError} If a line is not a record, naming the file, the line and the rule.
 */
export async function readMetrics(
  path: string,
  onTorn: (reason: string) => void = () => {},
): Promise<readonly MetricRecord[]> {
  const parse = await jsonParser(lineSchema);
  const lines = fs.readFileSync(path, "utf8").split("\n");
  const read = (line: string, i: number): MetricRecord => {
    const { step, epoch, ...values } = parse(line, `line ${i + 1} of ${path}`);
    return { step, epoch, values };
  };
  const last = lines.pop() ?? "";
  const records = lines.map(read);
  if (last === "") return records;
  try {
    return [...records, read(last, lines.length)]; // whole, but for the newline
  } catch (error) {
    onTorn(error instanceof Error ? error.message : String(error));
    return records;
  }
}

/** As `onTorn` of a finished run. */
export function refuseTorn(reason: string): never {
  throw new SyntaxError(reason);
}
