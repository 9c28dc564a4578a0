/**
 * A file system that fails on purpose: the calls of `node:fs` that a run makes, counted, and one of them broken.
 * @module
 */
import fs from "node:fs";

/** What goes wrong at a call. */
export type Fault =
  | { readonly kind: "error"; readonly code: string }
  /** A write takes half of its bytes, as a system may. */
  | { readonly kind: "short" }
  /** From this call on nothing reaches the disk, as if the process had been killed before it. */
  | { readonly kind: "killed" }
  /** As `killed`, but half of the bytes of a write were taken. */
  | { readonly kind: "torn" }
  /** From this call on no write succeeds. */
  | { readonly kind: "full" };

/** A call that can be broken. */
export type Call = keyof typeof codes;

/** The errors that systems give at each call. */
const codes = {
  mkdirSync: ["ENOSPC", "EACCES"],
  openSync: ["EACCES", "ENOSPC", "EMFILE"],
  writeSync: ["ENOSPC", "EIO"],
  fsyncSync: ["EIO"],
  renameSync: ["EIO", "EACCES"],
  ftruncateSync: ["EIO"],
  readSync: ["EIO"],
  readFileSync: ["EIO", "EACCES"],
  readdirSync: ["EIO"],
  lstatSync: ["EIO"],
  fstatSync: ["EIO"],
  realpathSync: ["EIO"],
  unlinkSync: ["EACCES"],
  rmdirSync: ["EACCES"],
} as const;

const CHANGING: readonly Call[] = [
  "mkdirSync",
  "writeSync",
  "renameSync",
  "ftruncateSync",
  "unlinkSync",
  "rmdirSync",
];

/** The faults that can happen at a call. */
export function faultsAt(call: Call): readonly Fault[] {
  const errors = codes[call].map((code) => ({ kind: "error", code }) as const);
  if (call !== "writeSync") return errors;
  return [...errors, { kind: "short" }, { kind: "full" }];
}

/** Whether a call changes what is on the disk. */
export function isChanging(call: Call): boolean {
  return CHANGING.includes(call);
}

/** Does some work while every call succeeds. */
export async function withoutFault(
  work: () => Promise<unknown>,
): Promise<readonly Call[]> {
  let error: unknown;
  const calls = await withFault(Infinity, { kind: "short" }, async () => {
    try {
      await work();
    } catch (thrown) {
      error = thrown;
    }
  });
  if (error !== undefined) throw error;
  return calls;
}

type Function = (...args: never[]) => unknown;

/**
 * Does some work while one call of the file system fails.
 *
 * @param at Which call, from 1.
 * @param fault What goes wrong there.
 * @param work The work.
 * @param onKill Instead of breaking the calls of a killed process, ends the process.
 * @returns The calls that were made, in order; the work's error does not matter.
 */
export async function withFault(
  at: number,
  fault: Fault,
  work: () => Promise<unknown>,
  onKill: () => void = () => {},
): Promise<readonly Call[]> {
  const made: Call[] = [];
  const files = fs as unknown as Record<string, Function>; // replaced for a while
  const names = Object.keys(codes) as Call[];
  const originals = names.map((name) => [name, files[name]!] as const); // by their names
  for (const [name, before] of originals) {
    const original = name === "fsyncSync" ? () => {} : before; // no power is cut here, and disks are slow
    files[name] = (...args) => {
      made.push(name);
      if (made.length < at) return original(...args);
      return broken(name, original, args, fault, made.length === at, onKill);
    };
  }
  try {
    await work();
  } catch {
    // as it should where the fault is one
  } finally {
    for (const [name, original] of originals) files[name] = original;
  }
  return made;
}

function broken(
  name: Call,
  original: Function,
  args: never[],
  fault: Fault,
  isFirst: boolean,
  onKill: () => void,
): unknown {
  const isWrite = name === "writeSync";
  switch (fault.kind) {
    case "error":
      if (isFirst) throw failure(fault.code, name);
      return original(...args);
    case "short":
      if (isFirst && isWrite) return half(original, args);
      return original(...args);
    case "full":
      if (isWrite) throw failure("ENOSPC", name);
      return original(...args);
    case "torn":
    case "killed":
      if (isFirst && fault.kind === "torn" && isWrite) half(original, args);
      if (isFirst) onKill();
      throw failure("EKILLED", name);
  }
}

/** Writes half of the bytes, at least one. */
function half(write: Function, args: readonly unknown[]): unknown {
  const [file, bytes, from, length, at] = args;
  const some = Math.ceil(Number(length) / 2);
  return write(...[file, bytes, from, some, at] as never[]);
}

function failure(code: string, call: string): Error {
  return Object.assign(new Error(`${code}: on purpose, ${call}`), { code });
}
