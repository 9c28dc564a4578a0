/**
 * A server for this machine alone.
 * @module
 */
import { deno } from "../runtime.ts";

/** The names by which a browser on this machine may call the server. */
const HOSTS = ["127.0.0.1", "localhost"];

/** What every answer says: nothing is kept, guessed, framed or shared with other pages. */
const HEADERS: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

/** A server that listens. */
export interface LocalServer extends AsyncDisposable {
  /** Such as `http://127.0.0.1:8080/`. */
  readonly url: string;
  /** Settles when the server has ended. */
  readonly finished: Promise<void>;
}

/** Answers a request for a page; undefined where there is no such page. */
export type Answer = (
  url: URL,
  request: Request,
) => Response | undefined | Promise<Response | undefined>;

/**
 * Serves pages on 127.0.0.1. Only `GET` and `HEAD` are answered, and only where the request names this very host: a page
 * of another name that was made to lead here (DNS rebinding) reads nothing.
 *
 * @param port The port; 0 for any that is free.
 * @param answer Answers requests.
 * @returns The server.
 * @throws {Error} If the port is taken, or the runtime is not Deno.
 */
export function serveLocally(port: number, answer: Answer): LocalServer {
  if (deno === undefined) throw new Error("Expected Deno to serve pages");
  const server = deno.serve(
    { hostname: "127.0.0.1", port, onListen: () => {} },
    async (request) => {
      const response = await respond(request, server.addr.port, answer);
      for (const [name, value] of Object.entries(HEADERS)) {
        response.headers.set(name, value);
      }
      return response;
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/`,
    finished: server.finished,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

async function respond(
  request: Request,
  port: number,
  answer: Answer,
): Promise<Response> {
  const host = request.headers.get("host") ?? "";
  if (!HOSTS.some((name) => host === `${name}:${port}`)) {
    return refusal(421, `Expected the host 127.0.0.1:${port}`);
  }
  if (isFromElsewhere(request)) {
    return refusal(403, "Expected a request from a page of this server");
  }
  if (!["GET", "HEAD"].includes(request.method)) {
    return refusal(405, "Expected GET");
  }
  try {
    const url = new URL(request.url);
    return await answer(url, request) ?? refusal(404, "Expected a known page");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refusal(500, reason);
  }
}

/** What a browser says of a picture, a script or a `fetch` of another site's page; a link may be followed. */
function isFromElsewhere({ headers }: Request): boolean {
  const site = headers.get("sec-fetch-site") ?? "none";
  const isLink = headers.get("sec-fetch-mode") === "navigate" &&
    headers.get("sec-fetch-dest") === "document";
  return !["none", "same-origin"].includes(site) && !isLink;
}

function refusal(status: number, reason: string): Response {
  const headers = { "content-type": "text/plain; charset=utf-8" };
  return new Response(`${reason}\n`, { status, headers });
}
