/**
 * What stands for what in a mutant.
 * @module
 */

/** Operators, each with what replaces it. */
export const OPERATORS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    "+": ["-"],
    "-": ["+"],
    "*": ["/"],
    "/": ["*"],
    "%": ["*"],
    "**": ["*"],
    "<": ["<=", ">="],
    "<=": ["<", ">"],
    ">": [">=", "<="],
    ">=": [">", "<"],
    "===": ["!=="],
    "!==": ["==="],
    "&&": ["||"],
    "||": ["&&"],
    "+=": ["-="],
    "-=": ["+="],
    "*=": ["/="],
    "/=": ["*="],
    "&": ["|"],
    "|": ["&"],
    "<<": [">>"],
    ">>": ["<<"],
    ">>>": ["<<"],
  }),
);

/** Pairs of methods, functions and fields that stand for each other. */
const PAIRS = [
  "add sub",
  "mul div",
  "sum mean",
  "max min",
  "maximum minimum",
  "greater greaterEqual",
  "less lessEqual",
  "greater less",
  "equal notEqual",
  "logicalAnd logicalOr",
  "floor ceil",
  "floor round",
  "sin cos",
  "exp expm1",
  "log log1p",
  "log log2",
  "sqrt square",
  "some every",
  "sigmoid tanh",
  "mean standardError",
  "argMax argMin",
  "zeros ones",
  "zerosLike onesLike",
];

/** Methods, functions and fields that replace another one. */
export function otherMethods(name: string): readonly string[] {
  return PAIRS.map((pair) => pair.split(" ")).flatMap(([a, b]) =>
    name === a ? [b ?? ""] : name === b ? [a ?? ""] : []
  );
}

/** Methods without arguments that a mutant leaves out. */
export const LEFT_OUT_METHODS: ReadonlySet<string> = new Set(
  "abs neg square sqrt exp log reciprocal reverse sort".split(" "),
);

/** Words of sentences, each with its opposite. */
const OPPOSITES = [
  ["first", "last"],
  ["larger", "smaller"],
  ["largest", "smallest"],
  ["more", "less"],
  ["most", "least"],
  ["higher", "lower"],
  ["above", "below"],
  ["before", "after"],
  ["longer", "shorter"],
  ["grows", "falls"],
  ["best", "worst"],
  ["better", "worse"],
  ["all", "none"],
  ["holds", "fails"],
  ["start", "end"],
] as const;

const OPPOSITE: ReadonlyMap<string, string> = new Map(
  OPPOSITES.flatMap(([a, b]) => [[a, b], [b, a]]),
);

/** Other values of a number's text, as it is written in code or in a sentence. */
export function otherNumbers(text: string): readonly string[] {
  const plain = text.replaceAll("_", "");
  const value = Number(plain);
  if (!Number.isFinite(value) || /^0[xbo]/i.test(plain)) return [];
  if (/^\d+$/.test(plain)) {
    if (value > 9) {
      return [String(value + 1), String(value - 1), swapped(plain)];
    }
    return value === 0 ? ["1"] : [String(value + 1), String(value - 1)];
  }
  const twice = String(2 * value);
  return /e/i.test(plain)
    ? [String(10 * value), twice]
    : [swapped(plain), twice];
}

/** A sentence with one of its words, or one of its numbers, changed: every way. */
export function otherTexts(text: string): readonly string[] {
  const words = [...text.matchAll(/\b[a-z]+\b/g)].flatMap(
    ({ 0: word, index }) => {
      const opposite = OPPOSITE.get(word);
      return opposite === undefined ? [] : [put(text, index, word, opposite)];
    },
  );
  const numbers = [...text.matchAll(/(?<![\w.\\])\d+(\.\d+)?(?![\w.]*\w)/g)]
    .flatMap(({ 0: number, index }) =>
      otherNumbers(number).slice(0, 1).map((other) =>
        put(text, index, number, other)
      )
    );
  return [...words, ...numbers];
}

function put(text: string, at: number, old: string, other: string): string {
  return text.slice(0, at) + other + text.slice(at + old.length);
}

/** The first two different digits exchanged: 84.78 for 48.78. */
function swapped(text: string): string {
  const digits = [...text].flatMap((c, i) => /\d/.test(c) ? [i] : []);
  for (let k = 1; k < digits.length; k++) {
    const [i, j] = [digits[k - 1]!, digits[k]!]; // both exist
    if (text[i] === text[j]) continue;
    const all = [...text];
    [all[i], all[j]] = [text[j]!, text[i]!];
    const other = all.join("");
    return /^0\d/.test(other) ? String(Number(text) + 1) : other;
  }
  return String(Number(text) + 1);
}
