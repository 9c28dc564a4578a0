import type { RunRecord } from "../../../../pipelines/core/run/run_record.ts";

/** What a made run differs in from an ordinary one. */
export interface MadeRun {
  readonly record?: Partial<RunRecord>;
  readonly summary?: Readonly<Record<string, number>>;
  /** Lines of `metrics.jsonl`. */
  readonly metrics?: readonly object[];
  /** Other files by their path below the folder. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

/** The record of a finished run of a task that nobody knows. */
export const ordinaryRecord: RunRecord = {
  schemaVersion: 1,
  task: "toy",
  config: { data: "dots", latent: 3, hidden: [20, 10] },
  seed: 4,
  device: "cpu",
  threads: 1,
  facts: { dataset: { name: "dots", sha256: "0", builtIn: false } },
  versions: { deno: "2.9.6" },
  git: null,
  system: { os: "linux", arch: "x86_64", cores: 2 },
  commandLine: ["deno", "task", "toy", "--latent", "3"],
  status: "finished",
  error: null,
  trace: null,
  startedAt: "2026-01-31T09:30:00.000Z",
  endedAt: "2026-01-31T09:31:00.000Z",
  seconds: 60,
  peakMemoryBytes: 2 ** 28,
};

/** Writes the folder of a run that never was. */
export function makeRun(folder: string, made: MadeRun = {}): void {
  const record = { ...ordinaryRecord, ...made.record };
  const { task, device, seed } = record;
  const numbers = made.summary ?? { "test/loss": 0.5, "test/lossStdErr": 0.01 };
  const lines = made.metrics ?? [
    { step: 1, epoch: 0.5, "train/loss": 2 },
    { step: 2, epoch: 1, "train/loss": 1, "validation/loss": 1.5 },
  ];
  const summary = { task, dataset: "dots", device, seed, ...numbers };
  const files: Record<string, string | Uint8Array> = {
    "run.json": JSON.stringify(record),
    "summary.json": JSON.stringify(summary),
    "metrics.jsonl": lines.map((line) => `${JSON.stringify(line)}\n`).join(""),
    ...made.files,
  };
  for (const [name, content] of Object.entries(files)) {
    const path = `${folder}/${name}`;
    Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    if (typeof content === "string") Deno.writeTextFileSync(path, content);
    else Deno.writeFileSync(path, content);
  }
}

/** Makes links, each a target and a path, by a process that may: Deno grants links only to those who may write everywhere. */
export function makeLinks(
  ...links: readonly (readonly [target: string, path: string])[]
): void {
  const code = `for (const [target, path] of ${
    JSON.stringify(links)
  }) Deno.symlinkSync(target, path);`;
  const { success } = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-config", code],
  }).outputSync();
  if (!success) throw new Error("Cannot make links");
}
