/**
 * What the entries of a run were made of, as digests: equal digests, equal entries.
 * @module
 */
import { createHash, type Hash } from "node:crypto";

/** A value that a stage made and that no digest of its content describes, such as a model. */
interface Origin {
  /** What made it; of a model, with every stage that may have changed its variables since. */
  readonly family: Family;
  /** Where among the stage's entries it stood. */
  readonly place: string;
}

/** Values that may share variables: a stage that may have changed one of them may have changed all. */
interface Family {
  digest: string;
  /** Whether a stage that reads it may change it: so it is with whatever must be freed. */
  readonly isMutable: boolean;
  joined?: Family;
}

/** Digests of values, by their content or by what made them. */
export interface Origins {
  /** Digests a value; undefined where it holds something of unknown origin. */
  readonly digest: (value: unknown) => string | undefined;
  /**
   * Writes down that a stage has read some entries and added others.
   *
   * @param by Digest of the stage and of all that it read; undefined where that is not known.
   */
  readonly learn: (
    by: string | undefined,
    read: readonly unknown[],
    added: object,
  ) => void;
}

/**
 * Starts to follow the entries of a run.
 *
 * Numbers, texts, arrays and plain objects are digested by their content. Models, functions and whatever else has a
 * life of its own are known by the stage that made them and what that stage read; where such a value has something
 * to free, by every stage that has read it since, too, for it may have changed its variables.
 *
 * @returns The digests.
 */
export function followOrigins(): Origins {
  const origins = new WeakMap<WeakKey, Origin>();
  const content = new WeakMap<WeakKey, string>(); // of long arrays, which stay as they are
  const write = (value: unknown, hash: Hash): boolean => {
    if (!isObject(value)) {
      hash.update(`${typeof value}:${textOf(value)};`);
      return typeof value !== "symbol";
    }
    const origin = origins.get(value);
    if (origin !== undefined) {
      const { digest } = rootOf(origin.family);
      hash.update(`origin:${digest}:${origin.place};`);
      return digest !== "";
    }
    if (ArrayBuffer.isView(value)) {
      hash.update(`array:${value.constructor.name}:${digestOfView(value)};`);
      return true;
    }
    if (!isPlain(value)) return false;
    const entries = Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1);
    hash.update(
      `${Array.isArray(value) ? "list" : "table"}:${entries.length};`,
    );
    return entries.every(([name, one]) => {
      hash.update(`${JSON.stringify(name)}=`);
      return write(one, hash);
    });
  };
  const digestOfView = (view: ArrayBufferView): string => {
    const known = content.get(view);
    if (known !== undefined) return known;
    const { buffer, byteOffset, byteLength } = view;
    const found = createHash("sha256")
      .update(new Uint8Array(buffer, byteOffset, byteLength)).digest("hex");
    content.set(view, found);
    return found;
  };
  return {
    digest(value) {
      const hash = createHash("sha256");
      return write(value, hash) ? hash.digest("hex") : undefined;
    },
    learn(by, read, added) {
      const families = new Set(
        read.flatMap((one) =>
          leavesOf(one, "").map(([leaf]) => origins.get(leaf))
        )
          .flatMap((origin) => origin ? [rootOf(origin.family)] : [])
          .filter(({ isMutable }) => isMutable),
      );
      const leaves = leavesOf(added, "");
      const isMutable = families.size > 0 ||
        leaves.some(([leaf]) => isOwned(leaf));
      const isKnown = by !== undefined && [...families].every((f) => f.digest);
      const parts = [by, ...[...families].map(({ digest }) => digest).sort()];
      const digest = isKnown ? sha256Of(parts.join(":")) : "";
      const family: Family = { digest, isMutable };
      for (const one of families) one.joined = family;
      for (const [leaf, place] of leaves) {
        if (!origins.has(leaf)) origins.set(leaf, { family, place });
      }
    },
  };
}

/** SHA-256 of a text, in hexadecimal. */
export function sha256Of(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function rootOf(family: Family): Family {
  let root = family;
  while (root.joined !== undefined) root = root.joined;
  return root;
}

/** What has no content to digest, in lists and plain objects, with its place. */
function leavesOf(
  value: unknown,
  place: string,
): readonly (readonly [WeakKey, string])[] {
  if (!isObject(value) || ArrayBuffer.isView(value)) return [];
  if (!isPlain(value)) return [[value, place]];
  return Object.entries(value).flatMap(([name, one]) =>
    isObject(one) ? leavesOf(one, `${place}/${name}`) : []
  );
}

/** A list or a table: its content says all, but for the functions in it. */
function isPlain(value: object): boolean {
  if (typeof value === "function") return false;
  if (Array.isArray(value)) return true;
  const prototype = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) &&
    Object.getOwnPropertySymbols(value).length === 0;
}

/** Whether somebody must free it: so it is with whatever has variables. */
function isOwned(leaf: WeakKey): boolean {
  return typeof leaf === "object" && Symbol.dispose in leaf;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null ||
    typeof value === "function";
}

function textOf(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  return Object.is(value, -0) ? "-0" : String(value);
}
