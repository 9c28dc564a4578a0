import type { MemoryRun } from "../../pipelines/core/run/memory_run.ts";

/** The report that a run left, its paragraphs as one line each. */
export function reportIn({ files }: Pick<MemoryRun, "files">): string {
  return String(files.get("report.txt")).trimEnd()
    .replace(/\n\n/g, "¶").replace(/\s+/g, " ").replaceAll("¶", "\n");
}
