/**
 * Finds a browser, and runs programs that drive it.
 * @module
 */
import { join } from "@std/path";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser"];

/** Where Chromium is; undefined where it is not installed. */
export const chromiumPath: string | undefined = PLACES.find((path) => {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
});

/** What the name of a test says where it is skipped. */
export const reason: string = chromiumPath === undefined
  ? " (skipped: Chromium is not installed)"
  : "";

/** Runs a program of this folder, which may start the browser; its errors are those of the test. */
export async function drive(
  program: string,
  folder: string,
  ...args: readonly string[]
): Promise<void> {
  const { success, stdout, stderr } = await new Deno.Command(
    Deno.execPath(),
    {
      args: [
        ...["run", "-q", "-P=browser", "--no-prompt"],
        ...[`--allow-run=${chromiumPath}`, `--allow-write=${folder}`],
        join(import.meta.dirname!, program),
        `${folder}/profile`,
        ...args,
      ],
      env: { TMPDIR: folder, HOME: folder, NO_COLOR: "1" },
      stdin: "null",
    },
  ).output();
  if (success) return;
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  throw new Error(`${program}: ${text(stdout)}${text(stderr)}`);
}
