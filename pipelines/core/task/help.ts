/**
 * The text of `--help`.
 * @module
 */
import { commonFlagsOf } from "./common_flags.ts";
import type { Field } from "./fields.ts";
import { kebab } from "./flags.ts";
import type { Task } from "./task.ts";
import { wrap } from "./wrap.ts";

type Fields = Readonly<Record<string, Field<unknown>>>;

/** The widest column of flags: what is longer has a line of its own. */
const MOST_FLAG = 30;

/** The widest text: reading is hard beyond. */
export const MOST_WIDTH = 100;

/**
 * Describes a task's flags with their defaults.
 *
 * @param task The task.
 * @param width Characters in a line of the terminal.
 * @returns The text, without a last newline; a longer word, or a command to paste, may be wider.
 */
export function helpText(task: Task, width = 80): string {
  const most = Math.min(width, MOST_WIDTH);
  const own = rowsOf(task.flags);
  const common = rowsOf({ ...commonFlagsOf(task) }); // an interface is no record
  const flags = [...own, ...common].map(({ flag }) => flag.length);
  const column = Math.max(0, ...flags.filter((one) => one <= MOST_FLAG));
  const table = (title: string, rows: readonly Row[]) =>
    rows.length === 0 ? [] : [
      "",
      title,
      ...rows.flatMap((row) => linesOf(row, column, most)),
    ];
  return [
    ...wrap(`${task.name}: ${task.about}`, most),
    "",
    `Usage: deno task ${task.name} [flags]`,
    ...table("Flags of this task (* takes time: --smoke makes it small)", own),
    ...table("Flags of every task", common),
    "",
    "Examples",
    ...task.examples.map((example) => `  ${example}`),
  ].join("\n");
}

interface Row {
  readonly flag: string;
  readonly help: string;
}

function linesOf(
  { flag, help }: Row,
  column: number,
  width: number,
): readonly string[] {
  const indent = " ".repeat(column + 2);
  const lines = wrap(help, Math.max(20, width - indent.length))
    .map((line) => line.replaceAll("\u00a0", " "));
  const [first, ...rest] = lines;
  return flag.length > column
    ? [flag, ...lines.map((line) => indent + line)]
    : [
      `${flag.padEnd(column)}  ${first}`,
      ...rest.map((line) => indent + line),
    ];
}

function rowsOf(fields: Fields): readonly Row[] {
  return Object.entries(fields).map(([name, field]) => {
    const flag = field.form === ""
      ? switchOf(name, field)
      : `${kebab(name)} ${field.form}`;
    const mark = takesTime(field) ? "*" : " ";
    return { flag: `${mark} --${flag}`, help: field.help + defaultsOf(field) };
  });
}

/** What `--smoke` changes is what takes time. */
function takesTime({ fallback, smoke }: Field<unknown>): boolean {
  return smoke !== undefined && textOf(smoke) !== textOf(fallback);
}

function switchOf(name: string, { fallback }: Field<unknown>): string {
  return fallback === true ? `no-${kebab(name)}` : kebab(name);
}

function defaultsOf(field: Field<unknown>): string {
  const { fallback, smoke, form } = field;
  const parts = [
    ...(form === "" || fallback === "" ? [] : [`default ${textOf(fallback)}`]),
    ...(takesTime(field) ? [`with --smoke ${textOf(smoke)}`] : []),
  ];
  const text = `[${parts.join("; ")}]`;
  if (parts.length === 0) return "";
  return ` ${text.length > 40 ? text : text.replaceAll(" ", "\u00a0")}`;
}

/** As it is typed: a list has commas and no spaces. */
function textOf(value: unknown): string {
  return Array.isArray(value) && value.length === 0 ? "none" : String(value);
}
