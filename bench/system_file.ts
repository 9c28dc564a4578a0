/**
 * Files of the system.
 * @module
 */

/** Reads a file of the system, such as `/proc/cpuinfo`, which Deno itself reads only with all permissions. */
export async function readSystemFile(path: string): Promise<string> {
  const { stdout } = await new Deno.Command("cat", { args: [path] }).output();
  return new TextDecoder().decode(stdout);
}
