import { assertEquals, assertGreater, assertMatch } from "@std/assert";
import { lines } from "../../bench/lines.ts";
import { takeTurns } from "../../bench/turns.ts";

/** A program given as text. */
function program(name: string, source: string) {
  const data = `data:application/typescript,${encodeURIComponent(source)}`;
  return { name, program: Deno.execPath(), args: ["run", "-q", data] };
}

const serve = new URL("../../bench/serve.ts", import.meta.url);
const work = new URL("../../bench/work/work.ts", import.meta.url);

Deno.test("takeTurns() times who answers, and keeps the reason of who does not", async () => {
  const timings = await takeTurns([
    program(
      "sleeper",
      `import { serve } from "${serve}";
       import { repeated } from "${work}";
       const sleep = () => new Promise((resolve) => setTimeout(resolve, 4));
       await serve({ facts: "sleeps", run: repeated(sleep, 2) });`,
    ),
    program("broken", `throw new RangeError("Expected more");`),
    { name: "missing", program: "no-such-program", args: [] },
  ], { rounds: 2, milliseconds: 10 });
  const [sleeper, broken, missing] = timings;
  assertEquals(sleeper?.facts, "sleeps");
  assertEquals(sleeper?.times.length, 2);
  sleeper?.times.forEach((time) => assertGreater(time, 1.9)); // two units in 4 ms or more
  assertEquals([broken?.times, missing?.times], [[], []]);
  assertMatch(broken?.facts ?? "", /Expected more/);
  assertMatch(missing?.facts ?? "", /no-such-program/);
});

Deno.test("lines() cuts where lines end, not where chunks do", async () => {
  const chunks = ["a", "b\nc\n\nd", "e"];
  const bytes = ReadableStream.from(
    chunks.map((chunk) => new TextEncoder().encode(chunk)),
  );
  assertEquals(await Array.fromAsync(lines(bytes)), ["ab", "c", "", "de"]);
});
