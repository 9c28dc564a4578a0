/**
 * How the memory of a process grows while it trains: prints a line of JSON. Run it with V8's `--expose-gc`: what the
 * collector has not collected yet would look like growth, for as long as it lets its heap grow.
 * @module
 */
import { print } from "./print.ts";
import { fitLine } from "./statistics.ts";
import { vaeProblem } from "./work/image_models.ts";
import { updateCall } from "./work/training.ts";

const [steps = 20_000] = Deno.args.map(Number);
const samples = 200;

// V8 adds the function by its flag; no types know it.
const { gc: collect } = globalThis as unknown as { readonly gc: () => void };
const small = { pixels: 64, hidden: 32, latent: 4, batch: 16 };
const setting = { device: "cpu", threads: 2, stepsPerCall: 1 } as const;
const call = await updateCall(vaeProblem(small), setting);

const at: number[] = [];
const resident: number[] = [];
for (let step = -steps; step < steps; step++) { // until 0 the process takes its size
  if (step % Math.ceil(steps / samples) === 0) {
    collect();
    if (step >= 0) {
      at.push(step);
      resident.push(Deno.memoryUsage().rss);
    }
  }
  await call();
}
const { slope, standardError } = fitLine(at, resident); // bytes for each step
print(JSON.stringify({
  steps,
  megabytes: resident.at(-1)! / 1e6, // sampled
  growth: slope * steps / 1e6,
  standardError: standardError * steps / 1e6,
}));
