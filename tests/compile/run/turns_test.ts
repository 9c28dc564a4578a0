import { assertEquals } from "@std/assert";
import { inTurn, sideBySide } from "../../../compile/run/turns.ts";

/** Work that ends when it is told to, and writes down its beginning and end. */
function jobs(): {
  readonly log: string[];
  readonly job: (name: string) => () => Promise<string>;
  readonly end: (name: string) => Promise<void>;
} {
  const log: string[] = [];
  const ends = new Map<string, () => void>();
  const turn = () => new Promise((resolve) => setTimeout(resolve));
  return {
    log,
    job: (name) => async () => {
      log.push(`${name} begins`);
      await new Promise<void>((resolve) => void ends.set(name, resolve));
      log.push(`${name} ends`);
      return name;
    },
    end: async (name) => {
      await turn();
      ends.get(name)?.();
      await turn();
    },
  };
}

Deno.test("runs that change nothing overlap, and others wait for them and are waited for", async () => {
  const { log, job, end } = jobs();
  const all = [
    sideBySide(job("a")),
    sideBySide(job("b")),
    inTurn(job("alone")),
    sideBySide(job("c")),
  ];
  await end("b");
  await end("a");
  await end("alone");
  await end("c");
  assertEquals(await Promise.all(all), ["a", "b", "alone", "c"]);
  assertEquals(log, [
    ...["a begins", "b begins", "b ends", "a ends"],
    ...["alone begins", "alone ends", "c begins", "c ends"],
  ]);
});

Deno.test("a run that fails keeps no other from its turn", async () => {
  const failing = sideBySide(() => Promise.reject(new Error("beside")));
  const alone = inTurn(() => Promise.reject(new Error("alone")));
  const after = sideBySide(() => Promise.resolve("after"));
  const found = await Promise.allSettled([failing, alone, after]);
  assertEquals(found.map(({ status }) => status), [
    ...["rejected", "rejected", "fulfilled"],
  ]);
});
