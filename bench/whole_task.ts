/**
 * Whole tasks, from the command line to the numbers, beside a plain PyTorch program of the same work.
 * @module
 */
import { median, ratios } from "./statistics.ts";
import { type Row, significant, spread } from "./table.ts";

/** Epochs of training, and samples of each estimate of log p(x). */
const [EPOCHS, SAMPLES] = [3, 100];

/**
 * Times `vae-k3` and `fixtures/expected/vae.py` in turns: three epochs on MNIST, the test ELBO and log p(x) with 100
 * samples. The task draws its figures and exports its model as well.
 *
 * @param python A Python that has PyTorch.
 * @param rounds How often.
 */
export async function wholeTask(python: string, rounds: number): Promise<Row> {
  const work =
    `\`vae-k3 --epochs ${EPOCHS} --importance-samples ${SAMPLES}\`, from start to end`;
  const data = Deno.env.get("LOWERBOUND_DATA");
  if (!data) return skipped(work, "LOWERBOUND_DATA names no folder");
  const root = `${import.meta.dirname}/..`;
  const folder = await Deno.makeTempDir({ dir: `${root}/bench` });
  const ours: number[] = [];
  const theirs: number[] = [];
  try {
    for (let i = 0; i < rounds; i++) {
      const out = `${folder}/${i}`;
      const own = ["--epochs", `${EPOCHS}`];
      ours.push(
        await seconds(Deno.execPath(), [
          ...["run", "-q", "-P=run", "--no-prompt", `--allow-write=${folder}`],
          ...["tasks/vae/vae_k3.ts", "--data", "mnist", "--out", out, ...own],
          ...["--importance-samples", `${SAMPLES}`],
        ], root),
      );
      theirs.push(
        await seconds(python, [
          ...["fixtures/expected/vae.py", `${data}/mnist`, "--task", "vae-k3"],
          ...[...own, "--samples", `${SAMPLES}`, "--threads", "2"],
          ...["--gap_images", "10000"], // all test images
        ], root),
      );
    }
  } catch (error) {
    return skipped(work, error instanceof Error ? error.message : `${error}`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  return {
    work,
    ours: `${significant(median(ours))} s`,
    against: `a plain PyTorch program: ${significant(median(theirs))} s`,
    ratio: spread(ratios(ours, theirs)),
    atMost: "0.8",
  };
}

function skipped(work: string, reason: string): Row {
  const [ours, ratio] = ["not measured", "not measured"];
  return { work, ours, against: reason, ratio, atMost: "0.8" };
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
