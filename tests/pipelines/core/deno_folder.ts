let found: string | undefined;

/**
 * Finds the folder where Deno keeps what it has compiled, the value of `DENO_DIR` for a program with a home folder of its
 * own: there it would compile everything anew.
 */
export function denoFolder(): string {
  if (found !== undefined) return found;
  const { stdout } = new Deno.Command(Deno.execPath(), {
    args: ["info", "--json"],
  }).outputSync();
  const { denoDir } = JSON.parse(new TextDecoder().decode(stdout));
  found = String(denoDir);
  return found;
}
