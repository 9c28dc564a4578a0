/**
 * Asks what is allowed, without ever prompting.
 * @module
 */

/**
 * Refuses what was not granted on the command line: a question in the middle of a run would hang it.
 *
 * @param wanted The permission.
 * @param flag The flag that grants it.
 * @throws {Deno.errors.NotCapable} If the permission is not granted.
 */
export function expectGranted(
  wanted: Deno.PermissionDescriptor,
  flag: string,
): void {
  if (Deno.permissions.querySync(wanted).state === "granted") return;
  throw new Deno.errors.NotCapable(`Not allowed without ${flag}`);
}

/**
 * Reads an environment variable.
 *
 * @param name The variable.
 * @returns Its value; `undefined` where it is unset or empty.
 * @throws {Deno.errors.NotCapable} If reading it is not granted.
 */
export function environment(name: string): string | undefined {
  expectGranted({ name: "env", variable: name }, `--allow-env=${name}`);
  return Deno.env.get(name) || undefined;
}
