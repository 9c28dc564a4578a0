/**
 * Which mutants the type checker refuses.
 * @module
 */
import type { Copy } from "./copies.ts";
import { type Mutant, mutate } from "./mutant.ts";

/** Seconds that a check may take, also where others leave little of the machine. */
const LIMIT = 4 * 3600;

/**
 * Checks many mutants at once: each changed file lies beside the unchanged one, so that they share what they import.
 *
 * @param mutants Changes of files; those of JSON pass.
 * @param sources The files without them.
 * @param copy Where they are checked.
 * @returns Those that are refused.
 */
export async function refusedByTypes(
  mutants: readonly Mutant[],
  sources: ReadonlyMap<string, string>,
  copy: Copy,
): Promise<ReadonlySet<Mutant>> {
  const besides = new Map(
    mutants.filter(({ path }) => path.endsWith(".ts"))
      .map((mutant, i) => [
        mutant.path.replace(/\.ts$/, `.mutant${i}.ts`),
        mutant,
      ]),
  );
  if (besides.size === 0) return new Set();
  for (const [path, mutant] of besides) {
    await copy.write(path, mutate(sources.get(mutant.path) ?? "", mutant));
  }
  const checked = await copy.run(["check", "-q", ...besides.keys()], LIMIT);
  for (const path of besides.keys()) await copy.erase(path);
  if (checked.late) throw new Error(`The type check took ${LIMIT} seconds`);
  if (checked.passed) return new Set();
  const refused = [...besides].filter(([path]) => checked.said.includes(path));
  if (refused.length === 0) throw new Error(checked.said);
  return new Set(refused.map(([, mutant]) => mutant));
}
