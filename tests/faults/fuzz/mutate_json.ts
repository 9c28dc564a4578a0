import type { Random } from "./random.ts";

/** A value of JSON, whose objects are lists of entries: a name may come twice, or be one that objects have. */
type Node =
  | { readonly kind: "raw"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly Node[] }
  | {
    readonly kind: "object";
    readonly entries: readonly (readonly [string, Node])[];
  };

const raw = (text: string): Node => ({ kind: "raw", text });

/** Values that break most rules, as they are written. */
const SCALARS = [
  ...["null", "true", "false", "0", "-0", "-1", "1.5", "7", "1e308", "1e400"],
  ...["-1e400", "9007199254740993", "1e-400", '""', '"text"', '"5"', '"NaN"'],
  ...['"__proto__"', '"\\ud800"', '"\\u0000"', "[]", "{}", "[[]]", '[""]'],
];

const NAMES = [
  ...["extra", "", "__proto__", "constructor", "toString", "length", "step"],
  ...["seed", "low", "dtype", "__metadata__", "\ud800", "0"],
];

/** Changes a value of JSON in one to four places; the text is always JSON. */
export function mutateJson(value: unknown, random: Random): string {
  let node = nodeOf(value);
  for (let left = 1 + random.below(4); left > 0; left--) {
    node = mutate(node, random);
  }
  return textOf(node);
}

function mutate(node: Node, random: Random): Node {
  if (random.below(4) === 0) return replacement(node, random);
  if (node.kind === "list" && node.items.length > 0) {
    const at = random.below(node.items.length);
    const items = node.items.map((item, i) =>
      i === at ? mutate(item, random) : item
    );
    return {
      kind: "list",
      items: random.below(8) === 0 ? items.slice(1) : items,
    };
  }
  if (node.kind === "object") {
    return { kind: "object", entries: mutateEntries(node.entries, random) };
  }
  return replacement(node, random);
}

function mutateEntries(
  entries: readonly (readonly [string, Node])[],
  random: Random,
): readonly (readonly [string, Node])[] {
  const at = random.below(Math.max(1, entries.length));
  switch (random.below(6)) {
    case 0:
      return entries.filter((_, i) => i !== at);
    case 1:
      return [...entries, [random.pick(NAMES), raw(random.pick(SCALARS))]];
    case 2:
      return [...entries, ...entries.slice(at, at + 1)]; // a name twice
    default:
      return entries.map(([name, node], i) =>
        [name, i === at ? mutate(node, random) : node] as const
      );
  }
}

function replacement(node: Node, random: Random): Node {
  switch (random.below(6)) {
    case 0:
      return { kind: "list", items: [node, node] };
    case 1:
      return { kind: "object", entries: [[random.pick(NAMES), node]] };
    case 2: {
      const depth = random.pick([3, 99, 101, 3_000]);
      return raw("[".repeat(depth) + "]".repeat(depth));
    }
    default:
      return raw(random.pick(SCALARS));
  }
}

function nodeOf(value: unknown): Node {
  if (Array.isArray(value)) return { kind: "list", items: value.map(nodeOf) };
  if (typeof value !== "object" || value === null) {
    return raw(JSON.stringify(value));
  }
  const entries = Object.entries(value)
    .map(([name, inner]) => [name, nodeOf(inner)] as const);
  return { kind: "object", entries };
}

function textOf(node: Node): string {
  if (node.kind === "raw") return node.text;
  if (node.kind === "list") return `[${node.items.map(textOf).join(",")}]`;
  const entries = node.entries
    .map(([name, inner]) => `${JSON.stringify(name)}:${textOf(inner)}`);
  return `{${entries.join(",")}}`;
}
