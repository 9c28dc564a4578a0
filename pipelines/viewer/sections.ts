/**
 * The parts of a page about one run or several.
 * @module
 */
import type { Json } from "../core/context.ts";
import { clock } from "../core/run/progress/moment_line.ts";
import { quote } from "../core/process/quote.ts";
import { curvePanel } from "./curve_panel.ts";
import { type Html, html } from "./html.ts";
import {
  type JoinedNumber,
  numberText,
  verdictText,
} from "./joined_numbers.ts";
import { panelsOf } from "./panels.ts";
import { moment, setting, size } from "./readable.ts";
import type { RunView } from "./run_view.ts";
import {
  type SettingRow,
  settingRows,
  type Settings,
  settingsOf,
} from "./settings_of.ts";
import { warningsSection } from "./warnings_section.ts";

/** Rows of a table that are shown at once; the others unfold. */
const MOST_ROWS = 40;

/** Panels that are shown at once; the others unfold. */
const MOST_PANELS = 16;

/** Panels and numbers that a page holds at all. */
const MOST_HELD = { panels: 72, numbers: 600 } as const;

/** Letters of an error's stack that a page holds. */
const MOST_TRACE = 20_000;

/** The task, the status and the key facts of a run. */
export function headSection(run: RunView): Html {
  const { record, name, dataset } = run;
  const { task, seed, device, threads, status } = record;
  const facts = [
    ...dataset === undefined ? [] : [`data ${dataset}`],
    `seed ${seed}`,
    `${device}, ${threads} ${threads === 1 ? "thread" : "threads"}`,
    `began ${moment(record.startedAt)}`,
    ...status === "running" ? [] : [`took ${clock(record.seconds)}`],
    `at most ${size(record.peakMemoryBytes)} of memory`,
  ];
  return html`<h1>${task} <span class="status ${status}">${status}</span></h1>
<p class="note">${name}<br>${facts.join(" · ")}</p>
${warningsSection(run)}`;
}

/** The numbers of one run, with errors, units and bands. */
export function numbersSection({ numbers, words }: RunView): Html {
  if (numbers.length === 0) {
    return html`
      <h2>Numbers</h2>
      <p>None yet.</p>
    `;
  }
  const important = numbers.length <= MOST_ROWS
    ? numbers
    : numbers.filter(({ band, error }, i) => band ?? error ?? i < 10)
      .slice(0, MOST_ROWS);
  const others = numbers.filter((one) => !important.includes(one));
  return html`<h2>Numbers</h2>
${numbersTable(important)}
${
    others.length === 0
      ? ""
      : html`<details><summary>${others.length} more numbers</summary>${
        numbersTable(others.slice(0, MOST_HELD.numbers))
      }</details>`
  }
${
    words === "" ? "" : html`
      <h3>In words</h3>
      <pre>${words}</pre>
    `
  }`;
}

function numbersTable(numbers: readonly JoinedNumber[]): Html {
  return html`
    <div class="scroll">
      <table class="rows">
        <tbody>${numbers.map((one) =>
          html`
            <tr>
              <th scope="row">${one.name}</th>
              <td class="number">${numberText(one)}</td>
              <td class="${one.verdict.replace(" ", "-")}">${verdictText(
                one,
              )}</td>
            </tr>
          `
        )}</tbody>
      </table>
    </div>
  `;
}

/** The curves of one run, or of several over one another. */
export function curvesSection(
  runs: readonly RunView[],
  labels: readonly string[],
): Html {
  const panels = panelsOf(
    runs.map(({ curves }, i) => ({
      label: runs.length > 1 ? labels[i] ?? "" : "",
      curves,
    })),
  );
  if (panels.length === 0) return html``;
  const shown = panels.slice(0, MOST_PANELS).map(curvePanel);
  const others = panels.slice(MOST_PANELS, MOST_HELD.panels).map(curvePanel);
  const notDrawn = panels.length - MOST_HELD.panels;
  return html`<h2>Training</h2>
<div class="panels">${shown}</div>
${
    others.length === 0 ? "" : html`
      <details>
        <summary>${others.length} more quantities</summary>
        <div class="panels">${others}</div>
      </details>
    `
  }${
    notDrawn > 0
      ? html`<p class="note">${notDrawn} more quantities are in metrics.jsonl</p>`
      : ""
  }`;
}

/** The settings of one run beside the defaults, or of several beside one another. */
export function settingsSection(
  runs: readonly RunView[],
  heads: readonly Html[],
): Html {
  const [first] = runs;
  const columns: readonly Settings[] = runs.length === 1 && first?.defaults
    ? [
      settingsOf(first.record),
      { ...settingsOf(first.record), ...first.defaults },
    ]
    : runs.map(({ record }) => settingsOf(record));
  const names = columns.length > runs.length
    ? [html`this run`, html`default`]
    : heads;
  const rows = settingRows(columns);
  const differing = rows.filter(({ differs }) => differs);
  const equal = rows.filter(({ differs }) => !differs);
  const table = (rows: readonly SettingRow[]) =>
    html`
      <div class="scroll">
        <table>
          <thead>
            <tr><th></th>${names.map((name) => html`<th>${name}</th>`)}</tr>
          </thead>
          <tbody>${rows.map(({ name, values, differs }) =>
            html`<tr class="${
              differs ? "differs" : ""
            }"><th scope="row">${name}</th>${
              values.map((value) =>
                html`<td class="long">${setting(value)}</td>`
              )
            }</tr>`
          )}</tbody>
        </table>
      </div>
    `;
  if (columns.length === 1) return html`<h2>Settings</h2>${table(rows)}`;
  const among = runs.length === 1 ? "as by default" : "the same in all runs";
  return html`<h2>Settings</h2>${
    differing.length === 0 ? "" : table(differing)
  }<details><summary>${equal.length} settings ${among}</summary>${
    table(equal)
  }</details>`;
}

/** What to type to have a run once more. */
export function repeatSection(runs: readonly RunView[]): Html {
  const commands = runs.map(({ record, path }) => {
    const { git, commandLine } = record;
    return [
      ...git ? [`git checkout ${quote(git.commit)}`] : [],
      ...commandLine.length > 0 ? [commandLine.map(quote).join(" ")] : [],
      `deno task rerun ${quote(path)}   # compares the numbers, too`,
    ].join("\n");
  });
  return html`<h2>To repeat</h2>${
    commands.map((lines) => html`<pre>${lines}</pre>`)
  }`;
}

/** The machine, the versions and what stages said. */
export function environmentSection(runs: readonly RunView[]): Html {
  return html`<h2>Environment</h2>${
    runs.map(({ record, name }) => {
      const { system, versions, facts, trace } = record;
      const rows = [
        ["machine", `${system.os} ${system.arch}, ${system.cores} cores`],
        ...Object.entries(facts).flatMap(([name, value]) => flat(name, value)),
        ...Object.entries(versions),
      ];
      const table = html`
        <div class="scroll">
          <table class="rows">
            <tbody>${rows.map(([name, value]) =>
              html`
                <tr>
                  <th scope="row">${name}</th>
                  <td class="long">${value}</td>
                </tr>
              `
            )}</tbody>
          </table>
        </div>${trace === null ? "" : html`
          <details>
            <summary>Where it failed</summary>
            <pre>${trace.slice(0, MOST_TRACE)}</pre>
          </details>
        `}
      `;
      return runs.length === 1
        ? table
        : html`<details><summary>${name}</summary>${table}</details>`;
    })
  }`;
}

/** A fact, or each entry of a fact that has entries. */
function flat(
  name: string,
  value: Json,
): readonly (readonly [string, string])[] {
  const isTable = typeof value === "object" && value !== null &&
    !Array.isArray(value);
  if (!isTable) return [[name, setting(value)]];
  return Object.entries(value as Settings) // by name, as just seen
    .map(([inner, value]) => [`${name} ${inner}`, setting(value)]);
}
