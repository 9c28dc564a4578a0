/**
 * Parts of a page that come when they change.
 * @module
 */

/** The markup of the parts of a page, by their ids. */
export type Parts = Readonly<Record<string, string>>;

/** Milliseconds between two looks. */
const PAUSE = 1000;

/** Milliseconds of silence after which the browser is told that the server is alive. */
const SILENCE = 15_000;

/**
 * Answers with server-sent events: each part once, then again when it has changed, until the browser goes away.
 *
 * @param look Makes the parts as they are now.
 * @param onEnd Is called once, when the browser has gone away.
 * @returns The answer.
 */
export function eventStream(
  look: () => Promise<Parts>,
  onEnd: () => void,
): Response {
  const encoder = new TextEncoder();
  const sent = new Map<string, string>();
  let isOver = false;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) { // called when the last event was taken: a slow browser piles nothing up
      const began = performance.now();
      while (!isOver) {
        const changed = changes(await look(), sent);
        if (changed !== "") {
          controller.enqueue(encoder.encode(changed));
          await wait(PAUSE);
          return;
        }
        if (performance.now() - began > SILENCE) {
          controller.enqueue(encoder.encode(": alive\n\n"));
          return;
        }
        await wait(PAUSE);
      }
    },
    cancel() {
      isOver = true;
      onEnd();
    },
  });
  return new Response(body, {
    headers: { "content-type": "text/event-stream; charset=utf-8" },
  });
}

function changes(parts: Parts, sent: Map<string, string>): string {
  return Object.entries(parts).map(([id, markup]) => {
    if (sent.get(id) === markup) return "";
    sent.set(id, markup);
    return `event: part\ndata: ${JSON.stringify({ id, markup })}\n\n`;
  }).join("");
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
