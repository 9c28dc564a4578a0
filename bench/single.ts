/**
 * What is measured of the package alone.
 * @module
 */
import { deno } from "./comparisons.ts";
import { type Command, start } from "./contestant.ts";
import { type Row, significant, spread } from "./table.ts";

/** Trace, compile and first step of the VAE, each time in a new process. */
export async function firstStep(repetitions: number): Promise<Row> {
  const seconds: number[] = [];
  for (let i = 0; i < repetitions; i++) {
    await using process = await start(deno("first step", "first_step.ts"));
    seconds.push(await process.run(0) / 1000);
  }
  return alone("trace, compile and first step of the VAE", {
    ours: `${spread(seconds)} s`,
    atMost: "1.5 s",
  });
}

/** From the command line to the end of a plan, which trains nothing. */
export async function startUp(repetitions: number): Promise<Row> {
  const seconds: number[] = [];
  for (let i = 0; i < repetitions; i++) {
    const start = performance.now();
    await output(Deno.execPath(), ["task", "vae-k3", "--plan"]);
    seconds.push((performance.now() - start) / 1000);
  }
  return alone("`deno task vae-k3 --plan`", {
    ours: `${spread(seconds)} s`,
    atMost: "reported",
  });
}

/** Growth of the memory of a small VAE's training. */
export async function memory(steps: number): Promise<Row> {
  const { program, args } = deno("memory", "memory.ts", `${steps}`);
  const [run, ...rest] = args;
  const text = await output(program, [run!, "--v8-flags=--expose-gc", ...rest]); // `deno run`
  const found = JSON.parse(text.trim().split("\n").at(-1)!) as {
    readonly megabytes: number;
    readonly growth: number;
    readonly standardError: number;
  }; // as memory.ts writes it
  const [growth, error, all] = [
    found.growth,
    found.standardError,
    found.megabytes,
  ].map(significant);
  return alone(`memory over ${steps.toLocaleString("en")} steps`, {
    ours: `${growth} ± ${error} MB of ${all} MB`,
    atMost: "flat",
  });
}

/** The most memory that a few steps take, beside a peer. */
export async function peakMemory(
  work: string,
  ours: Command,
  peer: Command,
): Promise<Row> {
  const measure = async (command: Command) => {
    await using process = await start(command);
    await process.run(0); // two steps
    return await process.peakMegabytes();
  };
  const [mine, theirs] = [await measure(ours), await measure(peer)];
  return {
    work: `${work}: the most memory`,
    ours: `${significant(mine / 1000)} GB`,
    against: `${peer.name}: ${significant(theirs / 1000)} GB`,
    ratio: `**${significant(mine / theirs)}**`,
    atMost: "reported",
  };
}

/** Minutes for all 10,000 test images, from ms for one. */
export function wholeTestSet(milliseconds: number): Row {
  const minutes = milliseconds * 10_000 / 60_000;
  return alone("log p(x) of 10,000 images, from the time for one", {
    ours: `${significant(minutes)} min`,
    atMost: "5 min",
  });
}

function alone(work: string, rest: Pick<Row, "ours" | "atMost">): Row {
  return { work, against: "-", ratio: "-", ...rest };
}

async function output(
  program: string,
  args: readonly string[],
): Promise<string> {
  const cwd = `${import.meta.dirname}/..`;
  const command = new Deno.Command(program, { args: [...args], cwd });
  const { success, stdout, stderr } = await command.output();
  if (success) return new TextDecoder().decode(stdout);
  throw new Error(`${program} failed: ${new TextDecoder().decode(stderr)}`);
}
