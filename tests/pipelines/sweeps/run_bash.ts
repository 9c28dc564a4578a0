/**
 * Runs a script in bash: what the tests themselves may not start.
 * @module
 */
const { code } = await new Deno.Command("bash", {
  args: ["-c", Deno.args[0] ?? ""],
  stdin: "null",
  stdout: "inherit",
  stderr: "inherit",
}).output();
Deno.exit(code);
