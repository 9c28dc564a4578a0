/**
 * Parallel text that needs no file: German and English sentences by one grammar, with known links between words.
 * @module
 */
import { fold, type Key, keyFrom } from "../../core/random/key.ts";
import { uniform } from "../../core/random/uniform.ts";
import type { Link, ParallelSplit, ParallelText } from "./parallel_text.ts";

/** Words of both languages that translate each other; either side may be longer. */
interface Chunk {
  readonly de: string;
  readonly en: string;
}

/** A sentence in German order, and where its chunks stand in English. */
interface Derivation {
  readonly chunks: readonly Chunk[];
  /** Indices of chunks, in the order of the English sentence. */
  readonly order: readonly number[];
}

/** A sentence in both languages, with links from German to English words. */
export interface LinkedPair {
  /** In German. */
  readonly de: string;
  /** In English. */
  readonly en: string;
  /** From German to English words, by index. */
  readonly links: readonly Link[];
}

type Gender = "m" | "f" | "n";
type Case = "nominative" | "accusative";

/** German noun, gender, English noun; compounds are one German word and two English ones. */
const NOUNS: readonly (readonly [string, Gender, string])[] = [
  ["hund", "m", "dog"],
  ["mann", "m", "man"],
  ["gärtner", "m", "gardener"],
  ["schneemann", "m", "snow man"],
  ["zugführer", "m", "train driver"],
  ["katze", "f", "cat"],
  ["frau", "f", "woman"],
  ["königin", "f", "queen"],
  ["straßenkatze", "f", "street cat"],
  ["kind", "n", "child"],
  ["pferd", "n", "horse"],
  ["mädchen", "n", "girl"],
  ["wildpferd", "n", "wild horse"],
];
const ADJECTIVES: readonly (readonly [string, string])[] = [
  ["klein", "small"],
  ["alt", "old"],
  ["jung", "young"],
  ["müd", "tired"],
  ["schnell", "fast"],
];
/** Present and participle, in both languages. */
const VERBS: readonly (readonly [string, string, string, string])[] = [
  ["sieht", "gesehen", "sees", "seen"],
  ["findet", "gefunden", "finds", "found"],
  ["malt", "gemalt", "paints", "painted"],
  ["ruft", "gerufen", "calls", "called"],
  ["trägt", "getragen", "carries", "carried"],
];
const ADVERBS: readonly (readonly [string, string])[] = [
  ["heute", "today"],
  ["manchmal", "sometimes"],
  ["immerhin", "at least"],
];

/** Articles and endings of adjectives by case and gender: weak after `der`, mixed after `ein`. */
const ARTICLES: Readonly<
  Record<
    "the" | "a",
    Readonly<Record<Case, Readonly<Record<Gender, readonly [string, string]>>>>
  >
> = {
  the: {
    nominative: { m: ["der", "e"], f: ["die", "e"], n: ["das", "e"] },
    accusative: { m: ["den", "en"], f: ["die", "e"], n: ["das", "e"] },
  },
  a: {
    nominative: { m: ["ein", "er"], f: ["eine", "e"], n: ["ein", "es"] },
    accusative: { m: ["einen", "en"], f: ["eine", "e"], n: ["ein", "es"] },
  },
};

/** A stream of choices. */
type Choose = <T>(choices: readonly T[]) => T;

function nounPhrase(choose: Choose, grammaticalCase: Case): readonly Chunk[] {
  const article = choose(["the", "a"] as const);
  const [de, gender, en] = choose(NOUNS);
  const [form, ending] = ARTICLES[article][grammaticalCase][gender];
  const [stem, adjective] = choose(ADJECTIVES);
  const quality = { de: stem + ending, en: adjective };
  const noun = { de, en };
  const isVowel = /^[aeiou]/;
  const isQualified = choose([true, false]);
  const next = isQualified ? adjective : en;
  const written = article === "a" && isVowel.test(next) ? "an" : article;
  const determiner = { de: form, en: written };
  return isQualified ? [determiner, quality, noun] : [determiner, noun];
}

/** A clause: subject, verb and object in German order, which the kind decides, and in English order. */
function clause(choose: Choose, kind: "main" | "inverted" | "subordinate") {
  const subject = nounPhrase(choose, "nominative");
  const object = nounPhrase(choose, "accusative");
  const [present, participle, presentEn, participleEn] = choose(VERBS);
  const isPerfect = choose([true, false]);
  const finite = isPerfect
    ? { de: "hat", en: "has" }
    : { de: present, en: presentEn };
  const rest = isPerfect ? [{ de: participle, en: participleEn }] : [];
  const german = {
    main: [...subject, finite, ...object, ...rest],
    inverted: [finite, ...subject, ...object, ...rest],
    subordinate: [...subject, ...object, ...rest, finite],
  }[kind];
  return { german, english: [...subject, finite, ...rest, ...object] };
}

function derive(choose: Choose): Derivation {
  const shape = choose(["plain", "adverb", "because"] as const);
  const first = clause(choose, shape === "adverb" ? "inverted" : "main");
  const second = clause(choose, "subordinate");
  const [de, en] = choose(ADVERBS);
  const adverb = shape === "adverb" ? [{ de, en }] : [];
  const comma = { de: ",", en: "," };
  const because = { de: "weil", en: "because" };
  const joint = shape === "because" ? [comma, because] : [];
  const later = shape === "because" ? second : { german: [], english: [] };
  const stop = { de: ".", en: "." };
  const chunks = [...adverb, ...first.german, ...joint, ...later.german, stop];
  const english = [
    ...adverb,
    ...first.english,
    ...joint,
    ...later.english,
    stop,
  ];
  return { chunks, order: english.map((chunk) => chunks.indexOf(chunk)) };
}

function spell({ chunks, order }: Derivation): LinkedPair {
  const german = chunks.map(({ de }) => de.split(" "));
  const english = order.map((i) => chunks[i]!.en.split(" ")); // an index of chunks
  const starts = (words: readonly (readonly string[])[]) =>
    words.map((_, i) => words.slice(0, i).flat().length);
  const [fromDe, fromEn] = [starts(german), starts(english)];
  const links = order.flatMap((chunk, i) =>
    german[chunk]!.flatMap((_, a) =>
      english[i]!.map((_, b): Link => [fromDe[chunk]! + a, fromEn[i]! + b])
    )
  );
  return {
    de: german.flat().join(" "),
    en: english.flat().join(" "),
    links,
  };
}

/** Choices that a sentence needs, at most. */
const CHOICES = 40;

/**
 * Writes sentence pairs by the grammar.
 *
 * German puts the finite verb second, participles last, and in subordinate clauses the finite verb last of all; some
 * German words are two English ones.
 *
 * @param key Decides the sentences.
 * @param count How many.
 * @returns Pairs with the links between their words, spelled with a space between any two words.
 */
export function writePairs(key: Key, count: number): readonly LinkedPair[] {
  return Array.from({ length: count }, (_, i) => {
    const units = uniform(fold(key, i), CHOICES);
    let at = 0;
    const choose: Choose = (choices) =>
      choices[Math.floor(units[at++]! * choices.length)]!; // a unit is below 1
    return spell(derive(choose));
  });
}

/** The one key of the built-in data: the same sentences for every seed. */
const KEY = fold(keyFrom(0), "built-in translation");

/**
 * Writes the built-in parallel text; no test or validation sentence is among those to learn from.
 *
 * @returns 12,000 pairs for training, and about 400 each for validation and test.
 */
export function builtInTranslation(): ParallelText {
  const pairs = writePairs(KEY, 12_800);
  const train = pairs.slice(0, 12_000);
  const known = new Set(train.map(({ de }) => de));
  const rest = pairs.slice(12_000).filter(({ de }) => !known.has(de));
  const half = Math.floor(rest.length / 2);
  const test = rest.slice(half);
  return {
    languages: ["de", "en"],
    train: splitOf(train),
    validation: splitOf(rest.slice(0, half)),
    test: splitOf(test),
    links: test.map(({ links }) => links),
  };
}

function splitOf(pairs: readonly LinkedPair[]): ParallelSplit {
  return {
    lines: {
      de: pairs.map(({ de }) => de),
      en: pairs.map(({ en }) => en),
    },
    counts: { read: pairs.length, empty: 0, composed: 0 },
  };
}
