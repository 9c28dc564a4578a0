import { assertEquals } from "@std/assert";
import { WaitChoice, type Waiting } from "../../../compile/run/wait_choice.ts";

/** A machine: milliseconds of a step each way, and the share of their processors that spinning threads get. */
interface Machine {
  readonly spinning: number;
  readonly asleep: number;
  readonly share: number;
}

const quiet: Machine = { spinning: 10, asleep: 12, share: 1 };
const busy: Machine = { spinning: 30, asleep: 20, share: 0.6 };

/** Makes calls of ten steps; which way each went. */
function run(
  choice: WaitChoice,
  machine: Machine,
  calls: number,
): readonly Waiting[] {
  return Array.from({ length: calls }, () => {
    const way = choice.next;
    const wall = 10 * machine[way];
    const share = way === "spinning" ? machine.share : 0.5;
    choice.note(10, wall, share * wall);
    return way;
  });
}

const slept = (ways: readonly Waiting[]) =>
  ways.filter((way) => way === "asleep").length;

Deno.test("threads spin on a quiet machine, without a trial", () => {
  const choice = new WaitChoice();
  assertEquals(slept(run(choice, quiet, 1000)), 0);
  assertEquals(choice.chosen, "spinning");
});

Deno.test("threads that are interrupted sleep where that is faster", () => {
  const choice = new WaitChoice();
  const ways = run(choice, busy, 50);
  assertEquals(choice.chosen, "asleep");
  assertEquals(slept(ways.slice(0, 4)), 0); // four looks, then three each way
  assertEquals(slept(ways.slice(4, 10)), 3);
  assertEquals(slept(ways.slice(10)), 40);
});

Deno.test("threads that are interrupted spin where sleeping is slower, and try less and less often", () => {
  const choice = new WaitChoice();
  const ways = run(choice, { ...quiet, share: 0.6 }, 1000);
  assertEquals(choice.chosen, "spinning");
  assertEquals(slept(ways), 3 * 3); // after 4, 200 and 400 looks more
});

Deno.test("threads spin again when the machine is quiet again", () => {
  const choice = new WaitChoice();
  run(choice, busy, 50);
  const ways = run(choice, quiet, 400);
  assertEquals(choice.chosen, "spinning");
  assertEquals(slept(ways.slice(150)), 0);
});

Deno.test("short calls are looked at together", () => {
  const choice = new WaitChoice();
  const ways = Array.from({ length: 199 }, () => {
    const way = choice.next;
    choice.note(1, 1, 0.6); // 50 of them are a look
    return way;
  });
  assertEquals(slept(ways), 0);
  choice.note(1, 1, 0.6);
  assertEquals(choice.isTrying, true);
});
