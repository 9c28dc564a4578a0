/**
 * Figures, models and texts in the folder of a run.
 * @module
 */
import type { Artifacts } from "../context.ts";
import { writeAtomically } from "./disk/atomic_file.ts";
import type { Place } from "./disk/place.ts";

/**
 * Keeps artifacts in a folder, each file whole or not at all.
 *
 * @param place The run's folder.
 * @returns The artifacts.
 */
export function artifactFiles(place: Place): Artifacts {
  const write = (
    path: string,
    content: string | Uint8Array<ArrayBuffer>,
  ): Promise<void> => {
    expectInside(path);
    writeAtomically(place.at(path), content);
    return Promise.resolve();
  };
  return {
    file: async (path, content) => await write(path, content),
    async figure({ name, png, svg, spec }) {
      await write(`figures/${name}.png`, png);
      await write(`figures/${name}.svg`, svg);
      await write(`figures/${name}.vl.json`, `${JSON.stringify(spec)}\n`);
    },
  };
}

function expectInside(path: string): void {
  const parts = path.split(/[/\\]/);
  if (parts.every((part) => !["", ".", ".."].includes(part))) return;
  throw new RangeError(
    `Expected a path inside the run's folder but found "${path}"`,
  );
}
