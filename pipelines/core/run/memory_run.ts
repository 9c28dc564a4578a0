/**
 * A run that leaves no files.
 * @module
 */
import type {
  Checkpoint,
  FigureFiles,
  Json,
  MetricRecord,
  StoredTensor,
} from "../context.ts";
import { Buffer } from "node:buffer";
import { escaped, numbersTable, shownAs } from "../notebook.ts";
import { metricLine } from "./metrics/metric_line.ts";
import type { Store } from "./store.ts";
import { expectNumbers, type Summary } from "./summary.ts";

/** A run in memory, whose results can be looked at. */
export interface MemoryRun extends Store {
  /** The records so far, in order. */
  readonly records: readonly MetricRecord[];
  /** The figures by name. */
  readonly figures: ReadonlyMap<string, FigureFiles>;
  /** The files by path. */
  readonly files: ReadonlyMap<string, string | Uint8Array<ArrayBuffer>>;
  /** What stages said about the run. */
  readonly facts: Readonly<Record<string, Json>>;
  /** The numbers that the run ends with, as soon as they are known. */
  readonly summary: Summary;
}

interface Kept {
  readonly checkpoint: Checkpoint;
  /** All records then, whichever stages made them. */
  readonly records: readonly MetricRecord[];
}

/**
 * Starts a run in memory, which keeps the newest checkpoint of each stage.
 *
 * @returns The run; a second execution with the same run goes on from its checkpoints.
 */
export function memoryRun(): MemoryRun {
  const records: MetricRecord[] = [];
  const figures = new Map<string, FigureFiles>();
  const files = new Map<string, string | Uint8Array<ArrayBuffer>>();
  const facts: Record<string, Json> = {};
  const summary: Record<string, number> = {};
  const kept = new Map<string, Kept>();
  const run: MemoryRun = {
    records,
    figures,
    files,
    facts,
    summary,
    metrics: {
      record(record) {
        metricLine(record); // the same rules as in a folder
        records.push({ ...record, values: { ...record.values } });
      },
    },
    checkpoints: {
      everyMinutes: Infinity,
      save(path, checkpoint) {
        const copy = copyOf(checkpoint);
        kept.set(path.join("/"), { checkpoint: copy, records: [...records] });
        return Promise.resolve();
      },
      restore(path) {
        const found = kept.get(path.join("/"));
        if (found === undefined) return Promise.resolve(undefined);
        records.splice(0, records.length, ...found.records);
        return Promise.resolve(copyOf(found.checkpoint));
      },
    },
    artifacts: {
      figure: (figure) => {
        figures.set(figure.name, shownFigure(figure));
        return Promise.resolve();
      },
      file: (path, content) => {
        files.set(path, content);
        return Promise.resolve();
      },
    },
    describe: (more) => void Object.assign(facts, more),
    summarize(numbers) {
      expectNumbers(numbers); // the same rules as in a folder
      Object.assign(summary, numbers);
    },
  };
  return shownAs(run, () => ({
    "text/html": numbersTable(summary) +
      [...figures.values()].map(pictureOf).join(""),
    "text/plain": JSON.stringify(summary, null, 2),
  }));
}

/** A figure that a notebook draws. */
function shownFigure(figure: FigureFiles): FigureFiles {
  return shownAs({ ...figure }, () => ({
    "image/png": Buffer.from(figure.png).toString("base64"),
    "text/plain": figure.name,
  }));
}

function pictureOf({ name, png }: FigureFiles): string {
  const data = Buffer.from(png).toString("base64");
  return `<p>${escaped(name)}<br><img width="720" alt="${
    escaped(name)
  }" src="data:image/png;base64,${data}"></p>`;
}

function copyOf({ step, tensors, state }: Checkpoint): Checkpoint {
  const copies = Object.entries(tensors).map(([name, { shape, data }]) =>
    [name, { shape: [...shape], data: data.slice() }] as [string, StoredTensor]
  );
  return {
    step,
    tensors: Object.fromEntries(copies),
    state: structuredClone(state),
  };
}
