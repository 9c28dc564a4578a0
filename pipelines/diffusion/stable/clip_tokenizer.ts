/**
 * The byte-pair tokenizer of CLIP.
 * @module
 */

/** What a tokenizer is made of. */
export interface ClipVocabulary {
  /** Token numbers by symbol. */
  readonly vocabulary: ReadonlyMap<string, number>;
  /** Pairs of symbols that become one, the first ones first. */
  readonly merges: readonly (readonly [string, string])[];
  /** Tokens of a prompt, with those for its start and its end. */
  readonly length: number;
  /** What fills up a short prompt: the end token, or "!" in Stable Diffusion 2. */
  readonly padding: string;
}

/** A prompt as numbers. */
export interface TokenizedPrompt {
  /** [length] */
  readonly tokens: Int32Array<ArrayBuffer>;
  /** The words that did not fit, joined as they were written but for case; empty where all fit. */
  readonly cut: string;
}

const START = "<|startoftext|>";
const END = "<|endoftext|>";

/** Parts of a prompt: contractions, letters, single digits, and what is left between blanks. */
const WORDS = /'s|'t|'re|'ve|'m|'ll|'d|\p{L}+|\p{N}|[^\s\p{L}\p{N}]+/gu;

/** Printable stand-ins for the 256 bytes: themselves where they are printable, else characters from 256 on. */
const byteSymbols: readonly string[] = (() => {
  const isPrintable = (b: number) =>
    (b >= 33 && b <= 126) || (b >= 161 && b <= 172) || b >= 174;
  let next = 256;
  return Array.from(
    { length: 256 },
    (_, b) => String.fromCodePoint(isPrintable(b) ? b : next++),
  );
})();

/**
 * Makes the tokenizer.
 *
 * Text is normalized (NFC), blanks become one, letters small; bytes of words are joined in the order of the merges, with
 * `</w>` at the end of each word.
 *
 * Source: Radford et al. 2021, section 2.4, and openai/CLIP, `simple_tokenizer.py`; Sennrich et al. 2016 for the merges.
 *
 * @param parts Vocabulary and merges.
 * @returns A function from a prompt to its tokens.
 * @throws {RangeError} If the vocabulary lacks the start or end token, or what fills up.
 */
export function clipTokenizer(
  { vocabulary, merges, length, padding }: ClipVocabulary,
): (prompt: string) => TokenizedPrompt {
  const ranks = new Map(merges.map(([a, b], i) => [`${a} ${b}`, i] as const));
  const numberOf = (symbol: string) => {
    const found = vocabulary.get(symbol);
    if (found !== undefined) return found;
    throw new RangeError(`Expected the vocabulary to hold "${symbol}"`);
  };
  const [start, end, fill] = [START, END, padding].map(numberOf);
  const known = new Map<string, readonly number[]>();
  const encode = (word: string) => {
    const cached = known.get(word);
    if (cached) return cached;
    const bytes = new TextEncoder().encode(word);
    const symbols = Array.from(bytes, (b) => byteSymbols[b]!); // 256 of them
    const tokens = joined(symbols, ranks)
      .map((symbol) => vocabulary.get(symbol) ?? end!);
    known.set(word, tokens);
    return tokens;
  };
  return (prompt) => {
    const text = prompt.normalize("NFC").replace(/\s+/gu, " ").trim()
      .toLowerCase();
    const words = text.match(WORDS) ?? [];
    const tokens = new Int32Array(length).fill(fill!);
    tokens[0] = start!;
    let at = 1;
    let cut = "";
    for (const [i, word] of words.entries()) {
      const encoded = encode(word);
      const room = length - 1 - at;
      tokens.set(encoded.slice(0, room), at);
      at += Math.min(room, encoded.length);
      if (encoded.length <= room) continue;
      cut = words.slice(i).join(" ");
      break;
    }
    tokens[at] = end!;
    return { tokens, cut };
  };
}

/** Joins the pair of the lowest rank, wherever it occurs, until none is left. */
function joined(
  bytes: readonly string[],
  ranks: ReadonlyMap<string, number>,
): readonly string[] {
  let symbols = bytes.map((s, i) => i === bytes.length - 1 ? `${s}</w>` : s);
  for (;;) {
    let best = Infinity;
    for (let i = 1; i < symbols.length; i++) {
      const rank = ranks.get(`${symbols[i - 1]} ${symbols[i]}`) ?? Infinity;
      best = Math.min(best, rank);
    }
    if (best === Infinity) return symbols;
    const next: string[] = [];
    for (let i = 0; i < symbols.length; i++) {
      const pair = `${symbols[i]} ${symbols[i + 1]}`;
      if (ranks.get(pair) === best) {
        next.push(symbols[i]! + symbols[i + 1]!); // two, for the pair has a rank
        i++;
      } else next.push(symbols[i]!);
    }
    symbols = next;
  }
}
