/**
 * The text of `--help`.
 * @module
 */
import { commonFlags } from "./common_flags.ts";
import type { Field } from "./fields.ts";
import { kebab } from "./flags.ts";
import type { Task } from "./task.ts";

type Fields = Readonly<Record<string, Field<unknown>>>;

/**
 * Describes a task's flags with their defaults.
 *
 * @param task The task.
 * @returns The text, without a last newline.
 */
export function helpText(task: Task): string {
  const own = rowsOf(task.flags);
  const common = rowsOf({ ...commonFlags }); // an interface is no record
  const width = Math.max(...[...own, ...common].map(([flag]) => flag.length));
  const lines = (rows: readonly Row[]) =>
    rows.map(([flag, help]) => `  ${flag.padEnd(width)}  ${help}`);
  return [
    `${task.name}: ${task.about}`,
    "",
    `Usage: deno task ${task.name} [flags]`,
    ...(own.length > 0 ? ["", "Flags of this task", ...lines(own)] : []),
    "",
    "Flags of every task",
    ...lines(common),
    "",
    "Examples",
    ...task.examples.map((example) => `  ${example}`),
  ].join("\n");
}

type Row = readonly [flag: string, help: string];

function rowsOf(fields: Fields): readonly Row[] {
  return Object.entries(fields).map(([name, field]) => {
    const flag = field.form === ""
      ? switchOf(name, field)
      : `${kebab(name)} ${field.form}`;
    return [`--${flag}`, `${field.help}${defaultsOf(field)}`];
  });
}

function switchOf(name: string, { fallback }: Field<unknown>): string {
  return fallback === true ? `no-${kebab(name)}` : kebab(name);
}

function defaultsOf({ fallback, smoke, form }: Field<unknown>): string {
  const parts = [
    ...(form === "" || fallback === "" ? [] : [`default ${fallback}`]),
    ...(smoke === undefined ? [] : [`${smoke} with --smoke`]),
  ];
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}
