/**
 * Whether two values are deeply equal: same constructor, same own keys, equal values under each.
 *
 * `NaN` equals `NaN`, `0` equals `-0`, an absent key differs from one that holds `undefined`, and
 * sets and maps are compared without regard to their order. Cycles are followed once.
 *
 * Throws a `TypeError` for a `WeakMap` or a `WeakSet`, whose contents nobody can read.
 */
export function equal(a: unknown, b: unknown): boolean {
  return equalWithin(a, b, new Map());
}

/** The pairs under comparison, by their left side: what a cycle comes back to. */
type Open = Map<object, object>;

function equalWithin(a: unknown, b: unknown, open: Open): boolean {
  if (a === b || Object.is(a, b)) return true;
  if (!isObject(a) || !isObject(b)) return false;
  if (!sameConstructor(a, b)) return false;
  refuseWeak(a);
  if (a instanceof Date && b instanceof Date) {
    return Object.is(a.getTime(), b.getTime());
  }
  if (a instanceof RegExp || a instanceof URL) return String(a) === String(b);
  if (a instanceof WeakRef && b instanceof WeakRef) {
    return equalWithin(a.deref(), b.deref(), open);
  }
  if (ArrayBuffer.isView(a) && ArrayBuffer.isView(b)) return equalViews(a, b);
  if (open.get(a) === b) return true;
  open.set(a, b);
  if (a instanceof Set && b instanceof Set) return equalSets(a, b, open);
  if (a instanceof Map && b instanceof Map) return equalMaps(a, b, open);
  return equalProperties(a, b, open);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** A plain object and one without a prototype count as the same kind. */
function sameConstructor(a: object, b: object): boolean {
  return (a.constructor ?? Object) === (b.constructor ?? Object);
}

function refuseWeak(value: object): void {
  if (value instanceof WeakMap) {
    throw new TypeError("cannot compare WeakMap instances");
  }
  if (value instanceof WeakSet) {
    throw new TypeError("cannot compare WeakSet instances");
  }
}

/** Element by element; a `DataView` byte by byte. */
function equalViews(a: ArrayBufferView, b: ArrayBufferView): boolean {
  const left = elements(a);
  const right = elements(b);
  if (left.length !== right.length) return false;
  for (let i = 0; i < left.length; i++) {
    if (left[i] !== right[i] && !Object.is(left[i], right[i])) return false;
  }
  return true;
}

function elements(view: ArrayBufferView): ArrayLike<unknown> {
  if (view instanceof DataView) {
    return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  }
  return view as ArrayBufferView & ArrayLike<unknown>; // every other view is a typed array
}

function equalSets(
  a: ReadonlySet<unknown>,
  b: ReadonlySet<unknown>,
  open: Open,
): boolean {
  if (a.size !== b.size) return false;
  const unmatched = new Set(b);
  for (const value of a) {
    const match = unmatched.has(value)
      ? { value }
      : find(unmatched, (other) => equalWithin(value, other, open));
    if (match === undefined) return false;
    unmatched.delete(match.value);
  }
  return true;
}

function equalMaps(
  a: ReadonlyMap<unknown, unknown>,
  b: ReadonlyMap<unknown, unknown>,
  open: Open,
): boolean {
  if (a.size !== b.size) return false;
  const unmatched = new Map(b);
  for (const [key, value] of a) {
    const match = find(
      unmatched,
      ([otherKey, other]) =>
        equalWithin(key, otherKey, open) && equalWithin(value, other, open),
    );
    if (match === undefined) return false;
    unmatched.delete(match.value[0]);
  }
  return true;
}

/** The first match, wrapped: the match itself may be `undefined`. */
function find<T>(
  values: Iterable<T>,
  matches: (value: T) => boolean,
): { readonly value: T } | undefined {
  for (const value of values) if (matches(value)) return { value };
  return undefined;
}

function equalProperties(a: object, b: object, open: Open): boolean {
  const keys = Reflect.ownKeys(a).filter((key) => isCompared(a, key));
  const others = Reflect.ownKeys(b).filter((key) => isCompared(b, key));
  return keys.length === others.length &&
    keys.every((key) =>
      Object.hasOwn(b, key) &&
      equalWithin(Reflect.get(a, key), Reflect.get(b, key), open)
    );
}

/** Errors keep their message under a hidden key; elsewhere only visible keys count. */
function isCompared(value: object, key: PropertyKey): boolean {
  if (value instanceof Error && (key === "message" || key === "cause")) {
    return true;
  }
  return Object.prototype.propertyIsEnumerable.call(value, key);
}
