/**
 * A place of its own to look for data in: a folder, a cache and a server.
 * @module
 */
import {
  type DataSource,
  loadData,
} from "../../../../pipelines/core/data/load_data.ts";
import { ownEnvironment } from "../own_environment.ts";

/** SHA-256 of the known file: `printf abc | sha256sum`. */
export const ABC =
  "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

/** SHA-256 of the built-in data: `printf made | sha256sum`. */
export const MADE =
  "ea0890697a77af0a2e054cccec587c8a42feb5cf38e778c6c6e2a96bfb945c0b";

/** Where `loadData()` looks, and what it did there. */
export interface Place extends AsyncDisposable {
  /** The value of LOWERBOUND_DATA; the cache is inside. */
  readonly folder: string;
  /** Address of the server, without a slash at its end. */
  readonly server: string;
  /** Paths that the server was asked for, in order. */
  readonly requests: readonly string[];
  /** What `loadData()` told, in order. */
  readonly notes: readonly string[];
  /** Calls `loadData()` for {@linkcode letters}. */
  readonly load: (request: string) => ReturnType<typeof loadData<string>>;
}

/** A folder as LOWERBOUND_DATA, with a cache inside, and a server with two mirrors. */
export async function newPlace(
  answer: (path: string) => string | 404 = () => 404,
): Promise<Place> {
  const folder = await Deno.makeTempDir();
  const environment = ownEnvironment({
    LOWERBOUND_DATA: folder,
    XDG_CACHE_HOME: `${folder}/cache`,
    HOME: folder,
  });
  const requests: string[] = [];
  const notes: string[] = [];
  const http = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => {
      const { pathname } = new URL(request.url);
      requests.push(pathname);
      const body = answer(pathname);
      if (body === 404) return new Response("none", { status: 404 });
      return new Response(body);
    },
  );
  const server = `http://127.0.0.1:${http.addr.port}`;
  const signal = new AbortController().signal;
  return {
    folder,
    server,
    requests,
    notes,
    load: (request: string) =>
      loadData(request, letters(server), {
        note: (text) => void notes.push(text),
        signal,
      }),
    async [Symbol.asyncDispose]() {
      await http.shutdown();
      environment[Symbol.dispose]();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** The known data `alphabet` with two mirrors on a server, and the built-in `runes`. */
export function letters(server: string): DataSource<string> {
  return {
    known: {
      name: "alphabet",
      folder: "letters",
      files: [{
        name: "abc",
        sha256: ABC,
        size: 1_000, // others are told by their checksums
        urls: [`${server}/one/abc`, `${server}/two/abc`],
      }],
    },
    parse: ([file]) => new TextDecoder().decode(file?.bytes),
    builtIn: {
      name: "runes",
      make: () => "made",
      bytes: (made) => new TextEncoder().encode(made),
    },
  };
}
