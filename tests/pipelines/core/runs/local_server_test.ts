import { assertEquals, assertStringIncludes } from "@std/assert";
import { serveLocally } from "../../../../pipelines/core/runs/local_server.ts";

/** Sends a request byte by byte: `fetch` forbids other names of the host. */
async function ask(
  url: string,
  lines: readonly string[],
): Promise<{ status: number; text: string }> {
  const { port } = new URL(url);
  using connection = await Deno.connect({
    hostname: "127.0.0.1",
    port: Number(port),
  });
  const request = [...lines, "Connection: close", "", ""].join("\r\n")
    .replaceAll("PORT", port);
  await connection.write(new TextEncoder().encode(request));
  const text = await new Response(connection.readable).text();
  return { status: Number(text.split(" ")[1]), text };
}

const answer = (url: URL) =>
  url.pathname === "/there" ? new Response("here") : undefined;

Deno.test("serveLocally() answers this machine's names only", async () => {
  await using server = serveLocally(0, answer);
  const statusOf = async (...lines: readonly string[]) =>
    (await ask(server.url, ["GET /there HTTP/1.1", ...lines])).status;
  assertEquals(await statusOf("Host: 127.0.0.1:PORT"), 200);
  assertEquals(await statusOf("Host: localhost:PORT"), 200);
  for (
    const host of [
      "attacker.example:PORT",
      "127.0.0.1.attacker.example:PORT",
      "localhost.attacker.example:PORT",
      "127.0.0.1:1",
      "127.0.0.1",
      "0.0.0.0:PORT",
      "[::1]:PORT",
    ]
  ) assertEquals(await statusOf(`Host: ${host}`), 421, host);
});

Deno.test("serveLocally() refuses what another site's page asks for, but follows its links", async () => {
  await using server = serveLocally(0, answer);
  const statusOf = async (...headers: readonly string[]) => {
    const lines = ["GET /there HTTP/1.1", "Host: 127.0.0.1:PORT", ...headers];
    return (await ask(server.url, lines)).status;
  };
  const cross = "Sec-Fetch-Site: cross-site";
  assertEquals(await statusOf(cross, "Sec-Fetch-Mode: no-cors"), 403);
  assertEquals(await statusOf("Sec-Fetch-Site: same-site"), 403);
  assertEquals(
    await statusOf(cross, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"),
    403,
  );
  assertEquals(
    await statusOf(
      cross,
      "Sec-Fetch-Mode: navigate",
      "Sec-Fetch-Dest: document",
    ),
    200,
  );
  assertEquals(await statusOf("Sec-Fetch-Site: same-origin"), 200);
});

Deno.test("serveLocally() answers GET, knows its pages, and lets no page be framed or kept", async () => {
  await using server = serveLocally(0, answer);
  const host = "Host: 127.0.0.1:PORT";
  const post = await ask(server.url, ["POST /there HTTP/1.1", host]);
  assertEquals(post.status, 405);
  const missing = await ask(server.url, ["GET /other HTTP/1.1", host]);
  assertEquals(missing.status, 404);
  const { text } = await ask(server.url, ["GET /there HTTP/1.1", host]);
  for (
    const header of [
      "cache-control: no-store",
      "cross-origin-resource-policy: same-origin",
      "x-content-type-options: nosniff",
      "x-frame-options: DENY",
    ]
  ) assertStringIncludes(text.toLowerCase(), header.toLowerCase());
});
