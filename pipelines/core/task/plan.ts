/**
 * The text of `--plan`.
 * @module
 */
import type { Json } from "../context.ts";
import { partsOf, type Stage } from "../stage.ts";

/**
 * Describes what would run: the settings, then each stage with what it needs and adds.
 *
 * @param stage The outermost stage.
 * @param settings By name.
 * @returns The text, without a last newline.
 */
export function planText(
  stage: Stage<never, object>,
  settings: Readonly<Record<string, Json>>,
): string {
  return [
    "Settings",
    ...table(
      Object.entries(settings).map((
        [name, value],
      ) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
    ),
    "",
    "Stages",
    ...stageLines(stage),
  ].map((line) => line.trimEnd()).join("\n");
}

/**
 * Says where the data of each stage that loads some would come from.
 *
 * @param stage The outermost stage.
 * @param request What `--data` asks for.
 * @param settings By name.
 * @returns The text, without a last newline; `undefined` where no stage loads data.
 */
export async function dataText(
  stage: Stage<never, object>,
  request: string,
  settings: Readonly<Record<string, Json>> = {},
): Promise<string | undefined> {
  const asked = loading(stage).map((whence) => whence(request, settings));
  const lines = new Set(await Promise.all(asked));
  return lines.size === 0
    ? undefined
    : ["Data", ...indent([...lines])].join("\n");
}

function loading(
  stage: Stage<never, object>,
): readonly NonNullable<Stage<never, object>["whence"]>[] {
  const { whence } = stage;
  return [...(whence ? [whence] : []), ...partsOf(stage).flatMap(loading)];
}

function stageLines(stage: Stage<never, object>): readonly string[] {
  const { name, needs, adds } = stage;
  const parts = partsOf(stage);
  const inner = parts.length === 0
    ? table(Object.entries(adds))
    : parts.flatMap(stageLines);
  const gives = Object.keys(adds).join(", ") || "nothing";
  const from = needs.length === 0 ? "" : ` from ${needs.join(", ")}`;
  const head = parts.length === 0
    ? `${name}${from}`
    : `${name}${from}, gives ${gives}`;
  return indent([head, ...inner]);
}

function table(
  rows: readonly (readonly [string, string])[],
): readonly string[] {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return indent(rows.map(([name, text]) => `${name.padEnd(width)}  ${text}`));
}

function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
