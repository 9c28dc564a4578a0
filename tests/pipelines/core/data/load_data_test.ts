import {
  assert,
  assertEquals,
  assertLess,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { loadData } from "../../../../pipelines/core/data/load_data.ts";
import { ABC, letters, MADE, newPlace } from "./new_place.ts";
import { NotFoundError } from "../../../../pipelines/core/missing.ts";

Deno.test("loadData() looks into LOWERBOUND_DATA first", async () => {
  await using place = await newPlace();
  await Deno.mkdir(`${place.folder}/letters`);
  await Deno.writeTextFile(`${place.folder}/letters/abc`, "abc");
  for (const request of ["auto", "alphabet"]) {
    const { data, dataset } = await place.load(request);
    assertEquals(data, "abc");
    assertEquals(dataset, {
      name: "alphabet",
      sha256: ABC,
      builtIn: false,
      origin: `${place.folder}/letters`,
    });
  }
  assertEquals(place.requests, []);
});

Deno.test("loadData() downloads from the next mirror when one fails, and keeps the file", async () => {
  await using place = await newPlace((path) =>
    path === "/two/abc" ? "abc" : 404
  );
  const first = await place.load("auto");
  assertEquals(first.data, "abc");
  assertEquals(first.dataset.origin, `${place.server}/two/`);
  assertEquals(place.requests, ["/one/abc", "/two/abc"]);

  const second = await place.load("alphabet");
  assertEquals(second.data, "abc");
  assertEquals(
    second.dataset.origin,
    `${place.folder}/cache/lowerbound/alphabet`,
  );
  assertEquals(place.requests.length, 2);
});

Deno.test("loadData() reports a damaged cached file and replaces it", async () => {
  await using place = await newPlace(() => "abc");
  const cached = `${place.folder}/cache/lowerbound/alphabet/abc`;
  await place.load("auto");
  await Deno.writeTextFile(cached, "ab");
  const { data } = await place.load("auto");
  assertEquals(data, "abc");
  assertEquals(await Deno.readTextFile(cached), "abc");
  assertStringIncludes(
    place.notes.join("\n"),
    `The cached file ${cached} is damaged and will be downloaded again`,
  );
});

Deno.test("loadData() never trusts a mirror with other bytes", async () => {
  await using place = await newPlace((path) =>
    path === "/one/abc" ? "<html>" : "abc"
  );
  const { data, dataset } = await place.load("alphabet");
  assertEquals(data, "abc");
  assertEquals(dataset.origin, `${place.server}/two/`);
});

Deno.test("loadData() skips data in LOWERBOUND_DATA that is not the known one", async () => {
  await using place = await newPlace();
  await Deno.mkdir(`${place.folder}/letters`);
  await Deno.writeTextFile(`${place.folder}/letters/abc`, "xyz");
  const error = await assertRejects(
    () => place.load("alphabet"),
    NotFoundError,
  );
  assertStringIncludes(
    error.message,
    `LOWERBOUND_DATA: Expected SHA-256 ${ABC} of ${place.folder}/letters/abc but found`,
  );
});

Deno.test("loadData() lets built-in data stand in for auto, loudly", async () => {
  await using place = await newPlace();
  const { data, dataset } = await place.load("auto");
  assertEquals(data, "made");
  assertEquals(dataset, {
    name: "runes",
    sha256: MADE,
    builtIn: true,
    origin: "built-in",
    notice: "Built-in runes, not alphabet: alphabet was not found",
  });
});

Deno.test("loadData() never replaces data asked for by name, and lists each place", async () => {
  await using place = await newPlace();
  const error = await assertRejects(
    () => place.load("alphabet"),
    NotFoundError,
    "Expected to find the data alphabet but no place has it",
  );
  for (
    const reason of [
      `LOWERBOUND_DATA: No file or folder ${place.folder}/letters`,
      `cache: Found 0 of 1 files in ${place.folder}/cache/lowerbound/alphabet`,
      `${place.server}/one/abc: Answered 404 Not Found`,
      `${place.server}/two/abc: Answered 404 Not Found`,
      "--data runes",
    ]
  ) assertStringIncludes(error.message, reason);
});

Deno.test("loadData() has no notice for built-in data asked for by name", async () => {
  await using place = await newPlace(() => "abc");
  const { data, dataset } = await place.load("runes");
  assertEquals([data, dataset.notice], ["made", undefined]);
  assertEquals(place.requests, []);
});

Deno.test("loadData() calls data by path after its folder, or by name where the bytes are known", async () => {
  await using place = await newPlace();
  await Deno.mkdir(`${place.folder}/greek`);
  await Deno.writeTextFile(`${place.folder}/greek/abc`, "alpha");
  const greek = await place.load(`${place.folder}/greek/`);
  assertEquals([greek.data, greek.dataset.name], ["alpha", "greek"]);
  await Deno.writeTextFile(`${place.folder}/some.txt`, "abc");
  const known = await place.load(`${place.folder}/some.txt`);
  assertEquals(known.dataset.name, "alphabet");
});

Deno.test("loadData() lets no other data pass for the known one", async () => {
  await using place = await newPlace();
  await Deno.mkdir(`${place.folder}/alphabet`);
  await Deno.writeTextFile(`${place.folder}/alphabet/abc`, "made");
  const { dataset } = await place.load(`${place.folder}/alphabet`);
  assertEquals(dataset.name, `alphabet-${MADE.slice(0, 8)}`);
});

Deno.test("loadData() explains a request that is neither a name nor a path", async () => {
  await using place = await newPlace();
  await assertRejects(
    () => place.load("alphabeth"),
    NotFoundError,
    `Expected data to be auto, alphabet, runes or a readable path but found "alphabeth": No file or folder alphabeth`,
  );
});

Deno.test("loadData() falls back within 5 s, or fails within 10 s, when servers never answer", async () => {
  await using _place = await newPlace();
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 }); // queues connections, never accepts
  const source = letters(`http://127.0.0.1:${listener.addr.port}`);
  const quiet = { note: () => {}, signal: new AbortController().signal };
  const start = performance.now();
  let last = start;
  let late = 0; // a busy machine keeps this process waiting, too
  const ticks = setInterval(() => {
    late += Math.max(0, performance.now() - last - 100);
    last = performance.now();
  }, 100);
  const auto = loadData("auto", source, quiet).then(({ dataset }) => {
    assert(dataset.builtIn);
    assertLess(performance.now() - start - late, 5_000);
  });
  const named = assertRejects(
    () => loadData("alphabet", source, quiet),
    Error,
    "No byte for 4 s",
  );
  await Promise.all([auto, named]).finally(() => clearInterval(ticks));
  assertLess(performance.now() - start - late, 10_000);
});

Deno.test("loadData() goes on without a cache where it cannot be written", async () => {
  await using place = await newPlace(() => "abc");
  await Deno.writeTextFile(`${place.folder}/cache`, "a file, not a folder");
  const { data } = await place.load("auto");
  assertEquals(data, "abc");
  assertStringIncludes(
    place.notes.join("\n"),
    "Cannot keep abc for the next run",
  );
});

Deno.test({
  name: "loadData() takes a denied permission for a place without the data",
  permissions: { env: false, net: false, read: false, write: false },
  fn: async () => {
    const notes: string[] = [];
    const { dataset } = await loadData("auto", letters("http://a.invalid"), {
      note: (text) => notes.push(text),
      signal: new AbortController().signal,
    });
    assert(dataset.builtIn);
    assertStringIncludes(
      notes.join(),
      "Not allowed without --allow-env=LOWERBOUND_DATA",
    );
    assertStringIncludes(
      notes.join(),
      "Not allowed without --allow-net=a.invalid",
    );
  },
});

Deno.test("loadData() takes no more bytes of a mirror than the file has", async () => {
  const most = 1.01 * 1_000 + 1_000;
  await using place = await newPlace(() => "a".repeat(most + 1));
  const error = await assertRejects(() => place.load("alphabet"), Error);
  assertStringIncludes(
    error.message,
    "Expected at most 2010 bytes but more came",
  );
});
