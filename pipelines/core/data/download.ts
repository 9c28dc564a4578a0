/**
 * Downloads that give up in time.
 * @module
 */
import { expectGranted } from "./permission.ts";

/** What a download may cost. */
export interface DownloadLimits {
  /** How long to wait for the first byte, and between two, in milliseconds; the rate is measured over it, too. */
  readonly silenceMs: number;
  /** The most bytes as sent. */
  readonly most: number;
}

/** The least bytes per second; a mirror that drips must not hold up another. */
const LEAST_RATE = 10_000;
const FIRST_NOTE_MS = 2_000;
const NEXT_NOTE_MS = 10_000;

/**
 * Downloads a file, as long as bytes keep coming fast enough.
 *
 * @param url The file.
 * @param limits What it may cost.
 * @param signal Aborts the download.
 * @param note Is told how far it is, after 2 s and then every 10 s.
 * @returns The bytes as sent.
 * @throws {NotGrantedError} If the host is not granted.
 * @throws {RangeError} If more bytes come than may.
 * @throws {Error} If the host cannot be reached, refuses, redirects, falls silent or drips.
 */
export async function download(
  url: string,
  { silenceMs, most }: DownloadLimits,
  signal: AbortSignal,
  note: (text: string) => void = () => {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { host } = new URL(url);
  expectGranted({ name: "net", host }, `--allow-net=${host}`);
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  let received = 0;
  let before = 0; // bytes at the last look
  const watch = setInterval(() => {
    const rate = (received - before) / silenceMs * 1000;
    if (rate < LEAST_RATE) stop.abort(tooSlow(received - before, silenceMs));
    before = received;
  }, silenceMs);
  try {
    // A redirect could lead to a host that is not granted, hence to a prompt.
    const answer = await fetch(url, { signal: either, redirect: "error" });
    if (!answer.ok || answer.body === null) {
      await answer.body?.cancel();
      throw new Error(`Answered ${answer.status} ${answer.statusText}`);
    }
    const length = Number(answer.headers.get("content-length"));
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    let next = performance.now() + FIRST_NOTE_MS;
    for await (const chunk of answer.body) {
      chunks.push(chunk);
      received += chunk.length;
      if (received > most) {
        throw new RangeError(`Expected at most ${most} bytes but more came`);
      }
      if (performance.now() < next) continue;
      note(`Downloading ${url}: ${progress(received, length)}`);
      next = performance.now() + NEXT_NOTE_MS;
    }
    return await new Blob(chunks).bytes();
  } finally {
    clearInterval(watch);
  }
}

function tooSlow(bytes: number, milliseconds: number): Error {
  const seconds = milliseconds / 1000;
  if (bytes === 0) return new Error(`No byte for ${seconds} s`);
  return new Error(
    `Expected at least ${LEAST_RATE} bytes per second but found ${bytes} in ${seconds} s`,
  );
}

function progress(received: number, length: number): string {
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
  if (!(length > 0)) return `${megabytes(received)} MB`;
  return `${megabytes(received)} of ${megabytes(length)} MB`;
}
