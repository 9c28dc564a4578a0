/**
 * Downloads that give up in time.
 * @module
 */
import { expectGranted } from "./permission.ts";

/**
 * Downloads a file, as long as bytes keep coming.
 *
 * @param url The file.
 * @param silenceMs How long to wait for the first byte, and between two, in milliseconds.
 * @param signal Aborts the download.
 * @returns The bytes as sent.
 * @throws {Deno.errors.NotCapable} If the host is not granted.
 * @throws {Error} If the host cannot be reached, refuses, redirects or falls silent.
 */
export async function download(
  url: string,
  silenceMs: number,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const { host } = new URL(url);
  expectGranted({ name: "net", host }, `--allow-net=${host}`);
  const silence = new AbortController();
  const either = AbortSignal.any([signal, silence.signal]);
  const giveUp = () =>
    silence.abort(new Error(`No byte for ${silenceMs / 1000} s`));
  let timer = setTimeout(giveUp, silenceMs);
  try {
    // A redirect could lead to a host that is not granted, hence to a prompt.
    const answer = await fetch(url, { signal: either, redirect: "error" });
    if (!answer.ok || answer.body === null) {
      await answer.body?.cancel();
      throw new Error(`Answered ${answer.status} ${answer.statusText}`);
    }
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    for await (const chunk of answer.body) {
      chunks.push(chunk);
      clearTimeout(timer);
      timer = setTimeout(giveUp, silenceMs);
    }
    return await new Blob(chunks).bytes();
  } finally {
    clearTimeout(timer);
  }
}
