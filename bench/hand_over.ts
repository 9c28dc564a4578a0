/**
 * What PyTorch needs to translate as we do: weights, sentences, and our translations to compare its own with.
 * @module
 */
import { encodeSafetensors } from "../pipelines/core/run/checkpoints/safetensors.ts";
import { EOS, PAD, SOS, UNK } from "../pipelines/text/parallel/tokens.ts";
import { readWeights } from "../pipelines/training/weights.ts";
import {
  sentences,
  translate,
  type TranslatorKind,
  untrained,
  WRITTEN,
} from "./work/translating.ts";

/** What `peers/translations.py` reads beside weights. */
export interface TranslationRequest {
  readonly sources: readonly (readonly number[])[];
  /** Tokens that must not be written. */
  readonly barred: readonly number[];
  readonly beams: number;
  /** Our own. */
  readonly translations: readonly (readonly number[])[];
  /** The greatest length with the end; twice that of the source and 10 more unless given. */
  readonly longest?: number;
}

/** Where a request is kept while it is answered. */
export function requestFile(name: string): string {
  return `${import.meta.dirname}/translations_${name}.json`;
}

/** Where weights are kept meanwhile. */
export function weightsFile(name: string): string {
  return `${import.meta.dirname}/translations_${name}.safetensors`;
}

/** Writes a request, until it is disposed of. */
export async function writeRequest(
  name: string,
  request: TranslationRequest,
): Promise<AsyncDisposable> {
  const path = requestFile(name);
  await Deno.writeTextFile(path, JSON.stringify(request));
  return { [Symbol.asyncDispose]: () => Deno.remove(path) };
}

/** Translates with an untrained translator, and writes all that is needed to do so again, until it is disposed of. */
export async function handOver(
  name: string,
  kind: TranslatorKind,
  beams: number,
): Promise<AsyncDisposable> {
  using model = untrained(kind);
  const { variables, metadata, vocabulary, decodable } = model;
  await using stack = new AsyncDisposableStack();
  const tensors = await readWeights(variables);
  await Deno.writeFile(
    weightsFile(name),
    encodeSafetensors({ tensors, metadata }),
  );
  stack.defer(() => Deno.remove(weightsFile(name)));
  stack.use(
    await writeRequest(name, {
      sources: sentences(vocabulary),
      barred: [PAD, SOS, UNK, EOS, ...decodable.barred],
      beams,
      translations: await translate(model, beams, 2)(),
      longest: WRITTEN,
    }),
  );
  return stack.move();
}
