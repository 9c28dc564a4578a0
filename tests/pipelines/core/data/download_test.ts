import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { download } from "../../../../pipelines/core/data/download.ts";
import { NotGrantedError } from "../../../../pipelines/core/missing.ts";

const never = new AbortController().signal;

const within = (silenceMs: number, most = 1e6) => ({ silenceMs, most });

Deno.test("download() returns the bytes", async () => {
  await using server = serve(() => new Response("ink"));
  const bytes = await download(server.url, within(5_000), never);
  assertEquals(new TextDecoder().decode(bytes), "ink");
});

Deno.test("download() goes on as long as bytes keep coming", async () => {
  const pieces = Array.from("abcdef", (letter) => letter.repeat(25_000));
  await using server = serve(() => new Response(slowly(pieces, 400)));
  const bytes = await download(server.url, within(1_600), never); // two seconds altogether
  assertEquals(new TextDecoder().decode(bytes), pieces.join(""));
});

Deno.test("download() gives up on a server that never answers", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 }); // queues connections, never accepts
  const url = `http://127.0.0.1:${listener.addr.port}/file`;
  const patient = within(60_000);
  const stop = new AbortController();
  const other = download(url, patient, stop.signal).catch(() => "stopped");
  await assertRejects(
    () => download(url, within(200), never),
    Error,
    "No byte for 0.2 s",
  );
  const still = Promise.resolve("waits"); // and so does who has more patience
  assertEquals(await Promise.race([other, still]), "waits");
  stop.abort();
  assertEquals(await other, "stopped");
});

Deno.test("download() gives up on a server that falls silent midway", async () => {
  await using server = serve(() =>
    new Response(slowly(["a".repeat(5_000), "b"], 60_000))
  );
  await assertRejects(
    () => download(server.url, within(200), never),
    Error,
    "No byte for 0.2 s",
  );
});

Deno.test("download() gives up on a server that drips", async () => {
  const drops = Array.from({ length: 200 }, () => "a");
  await using server = serve(() => new Response(slowly(drops, 20)));
  await assertRejects(
    () => download(server.url, within(1_000), never),
    Error,
    "Expected at least 10000 bytes per second but found",
  );
});

Deno.test("download() stops at the most bytes that may come", async () => {
  await using server = serve(() => new Response("a".repeat(1_000)));
  const { length } = await download(server.url, within(5_000, 1_000), never);
  assertEquals(length, 1_000);
  await assertRejects(
    () => download(server.url, within(5_000, 999), never),
    RangeError,
    "Expected at most 999 bytes but more came",
  );
});

Deno.test("download() says how far it is after 2 s", async () => {
  const pieces = Array.from({ length: 6 }, () => "a".repeat(50_000));
  await using server = serve(() =>
    new Response(slowly(pieces, 500), {
      headers: { "content-length": "300000" },
    })
  );
  const notes: string[] = [];
  const note = (text: string) => void notes.push(text);
  await download(server.url, within(5_000), never, note);
  assertEquals(notes.length, 1);
  assertMatch(notes[0]!, /^Downloading http\S+: 0\.[23]\d* of 0\.3 MB$/);
});

Deno.test("download() says how a server refused", async () => {
  await using server = serve(() => new Response("none", { status: 404 }));
  await assertRejects(
    () => download(server.url, within(5_000), never),
    Error,
    "Answered 404 Not Found",
  );
});

Deno.test("download() follows no redirect, which could leave the hosts that are granted", async () => {
  await using server = serve(() => Response.redirect("http://other.invalid/"));
  await assertRejects(
    () => download(server.url, within(5_000), never),
    TypeError,
  );
});

Deno.test("download() ends with its signal", async () => {
  await using server = serve(() => new Response(slowly(["a", "b"], 60_000)));
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error("Stopped by hand")), 100);
  await assertRejects(
    () => download(server.url, within(5_000), stop.signal),
    Error,
    "Stopped by hand",
  );
});

Deno.test({
  name: "download() never prompts where the host is not granted",
  permissions: { net: false },
  fn: async () => {
    await assertRejects(
      () => download("https://example.invalid/x", within(5_000), never),
      NotGrantedError,
      "Not allowed without --allow-net=example.invalid",
    );
  },
});

interface Server extends AsyncDisposable {
  readonly url: string;
}

function serve(
  answer: () => Response,
): Server {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    answer,
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/file`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** Sends the first piece at once, and another one each time `pauseMs` has passed. */
function slowly(
  pieces: readonly string[],
  pauseMs: number,
): ReadableStream<Uint8Array> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return new ReadableStream<string>({
    start(controller) {
      let next = 0;
      const send = () => {
        controller.enqueue(pieces[next++]!);
        if (next === pieces.length) return controller.close();
        timer = setTimeout(send, pauseMs);
      };
      send();
    },
    cancel: () => clearTimeout(timer),
  }).pipeThrough(new TextEncoderStream());
}
