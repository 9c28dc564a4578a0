/**
 * A run for TensorBoard.
 * @module
 */
import type { Json } from "../context.ts";
import { encodeEvents, type LogEvent, type Setting } from "./event_file.ts";
import type { RunContent } from "./run_content.ts";

/**
 * The events of a run: its settings, the measurements of `metrics.jsonl`, the numbers of `summary.json`, its figures and
 * `report.txt`.
 *
 * `metrics.jsonl` has no clock, so that equal runs write equal bytes: steps are spread evenly between the run's start and end.
 *
 * @param run What the run left.
 * @returns The name and the bytes of the event file.
 */
export function toTensorBoard(
  run: RunContent,
): { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> } {
  const { record, summary, figures, report, metrics } = run;
  const began = Date.parse(record.startedAt) / 1000;
  const ended = record.endedAt === null
    ? began + record.seconds
    : Date.parse(record.endedAt) / 1000;
  const last = Math.max(1, ...metrics.map(({ step }) => step));
  const at = (step: number) => began + (ended - began) * step / last;
  const typed = ["```", record.commandLine.join(" "), "```"].join("\n");
  const events: LogEvent[] = [
    { kind: "start", settings: settingsOf(run) } as const,
    { kind: "text", tag: "command", text: typed } as const,
  ].map((value) => ({ time: began, step: 0, value }));
  for (const { step, values } of metrics) {
    for (const [tag, scalar] of Object.entries(values)) {
      const value = { kind: "scalar", tag, scalar } as const;
      events.push({ time: at(step), step, value });
    }
  }
  const end = (value: LogEvent["value"]) =>
    events.push({ time: ended, step: last, value });
  for (const [tag, scalar] of Object.entries(summary)) {
    end({ kind: "scalar", tag, scalar });
  }
  for (const { name, png } of figures) {
    end({ kind: "image", tag: `figures/${name}`, png });
  }
  if (report !== undefined) {
    end({
      kind: "text",
      tag: "report",
      text: ["```", report, "```"].join("\n"),
    });
  }
  end({ kind: "end", succeeded: record.status === "finished" });
  const name = `events.out.tfevents.${Math.floor(began)}.lowerbound`;
  return { name, bytes: encodeEvents(events, began) };
}

function settingsOf({ record }: RunContent): Readonly<Record<string, Setting>> {
  const { config, seed, device } = record;
  const settings = Object.entries({ ...config, seed, device })
    .map(([name, value]) => [name, settingOf(value)]);
  return Object.fromEntries(settings);
}

function settingOf(value: Json): Setting {
  return typeof value === "object" ? JSON.stringify(value) : value;
}
