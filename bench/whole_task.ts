/**
 * Whole tasks, from the command line to the numbers, beside a plain PyTorch program of the same work.
 * @module
 */
import { BUSY_AT_MOST } from "./comparisons.ts";
import { median, ratios } from "./statistics.ts";
import { type Row, significant, spread } from "./table.ts";

/** What is done, and how long it may take. */
interface WholeTask {
  readonly task: "vae-k3" | "vae-k20";
  readonly epochs: number;
  /** Samples of each estimate of log p(x). */
  readonly samples: number;
  readonly atMost: number;
}

/** What is done on a quiet machine. */
export const quietTask: WholeTask = {
  task: "vae-k3",
  epochs: 3,
  samples: 100,
  atMost: 0.8,
};

/** What is done beside a busy process. */
export const busyTask: WholeTask = {
  task: "vae-k20",
  epochs: 1,
  samples: 100,
  atMost: BUSY_AT_MOST,
};

/**
 * Times a task and `fixtures/expected/vae.py` in turns: epochs on MNIST, the test ELBO and log p(x). The task draws its
 * figures and exports its model as well.
 *
 * @param python A Python that has PyTorch.
 * @param rounds How often.
 * @param whole What is done.
 */
export async function wholeTask(
  python: string,
  rounds: number,
  whole: WholeTask,
): Promise<Row> {
  const { task, epochs, samples, atMost } = whole;
  const work = nameOf(whole);
  const data = Deno.env.get("LOWERBOUND_DATA");
  if (!data) return skipped(work, atMost, "LOWERBOUND_DATA names no folder");
  const root = `${import.meta.dirname}/..`;
  const folder = await Deno.makeTempDir({ dir: `${root}/bench` });
  const ours: number[] = [];
  const theirs: number[] = [];
  try {
    for (let i = 0; i < rounds; i++) {
      const out = `${folder}/${i}`;
      const own = ["--epochs", `${epochs}`];
      ours.push(
        await seconds(Deno.execPath(), [
          ...["run", "-q", "-P=run", "--no-prompt", `--allow-write=${folder}`],
          ...[
            `tasks/vae/${task.replace("-", "_")}.ts`,
            "--data",
            "mnist",
            "--out",
            out,
            ...own,
          ],
          ...["--importance-samples", `${samples}`],
        ], root),
      );
      theirs.push(
        await seconds(python, [
          ...["fixtures/expected/vae.py", `${data}/mnist`, "--task", task],
          ...[...own, "--samples", `${samples}`, "--threads", "2"],
          ...["--gap_images", "10000"], // all test images
        ], root),
      );
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : `${error}`;
    return skipped(work, atMost, reason);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  return {
    work,
    ours: `${significant(median(ours))} s`,
    against: `a plain PyTorch program: ${significant(median(theirs))} s`,
    ratio: spread(ratios(ours, theirs)),
    atMost: `${atMost}`,
  };
}

/** What the table calls it. */
export function nameOf({ task, epochs, samples }: WholeTask): string {
  return `\`${task} --epochs ${epochs} --importance-samples ${samples}\`, from start to end`;
}

function skipped(work: string, atMost: number, reason: string): Row {
  const [ours, ratio] = ["not measured", "not measured"];
  return { work, ours, against: reason, ratio, atMost: `${atMost}` };
}

async function seconds(
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<number> {
  const start = performance.now();
  const command = new Deno.Command(program, { args: [...args], cwd });
  const { success, stderr } = await command.output();
  if (success) return (performance.now() - start) / 1000;
  const said = new TextDecoder().decode(stderr).trim().split("\n");
  throw new Error(`${program} failed: ${said.at(-1)}`);
}
