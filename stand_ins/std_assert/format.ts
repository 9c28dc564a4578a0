import { diffLines } from "./diff.ts";

/** A value as text, one entry a line, with sorted keys, nothing left out. */
export function format(value: unknown): string {
  return Deno.inspect(value, {
    compact: false,
    depth: Infinity,
    iterableLimit: Infinity,
    sorted: true,
    strAbbreviateSize: Infinity,
    trailingComma: true,
  });
}

/** The difference between two texts, with `-` and red for actual, `+` and green for expected. */
export function formatDiff(actual: string, expected: string): string {
  const body = diffLines(actual.split("\n"), expected.split("\n")).map(
    ({ kind, text }) => {
      if (kind === "actual") return red(`-   ${text}`);
      if (kind === "expected") return green(`+   ${text}`);
      return `    ${text}`;
    },
  );
  return [
    "",
    "",
    `    [Diff] ${red("Actual")} / ${green("Expected")}`,
    "",
    "",
    ...body,
    "",
  ].join("\n");
}

function red(text: string): string {
  return Deno.noColor ? text : `\x1b[31m${text}\x1b[39m`;
}

function green(text: string): string {
  return Deno.noColor ? text : `\x1b[32m${text}\x1b[39m`;
}
