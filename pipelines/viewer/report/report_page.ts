/**
 * The report of a run, and of several runs side by side.
 * @module
 */
import { COLORS } from "../curve_panel.ts";
import { type Html, html } from "../html.ts";
import { valueText } from "../joined_numbers.ts";
import { page } from "../page.ts";
import type { RunView } from "../run_view.ts";
import {
  curvesSection,
  environmentSection,
  headSection,
  numbersSection,
  repeatSection,
  settingsSection,
} from "../sections.ts";
import { labelsOf, settingsOf } from "../settings_of.ts";
import { joinedWarnings } from "../warnings_section.ts";
import { embedFigures, type PlacedFigure } from "./embed_figures.ts";

/** The most bytes of a page, but for its head and captions. */
const PAGE_BYTES = 560_000;

/** Numbers that a comparison shows at once. */
const MOST_ROWS = 40;

/**
 * Makes the report of one run.
 *
 * @param run The run.
 * @returns The file, in HTML.
 */
export async function reportPage(run: RunView): Promise<string> {
  const { record, name } = run;
  const before = html`${headSection(run)}
${numbersSection(run)}
${curvesSection([run], [])}`;
  const after = html`${settingsSection([run], [html`this run`])}
${repeatSection([run])}
${environmentSection([run])}`;
  const room = roomBeside(before, after);
  const figures = await figuresSection([run], [""], () => "", room);
  return page(
    `${record.task}: ${name}`,
    html`${before}
${figures}
${after}`,
  );
}

/**
 * Makes the report of several runs side by side, what tells them apart first.
 *
 * @param runs The runs.
 * @param folderOf The path of a run's folder relative to the page, with `/` at its end.
 * @returns The file, in HTML.
 */
export async function comparisonPage(
  runs: readonly RunView[],
  folderOf: (run: RunView) => string,
): Promise<string> {
  const labels = labelsOf(
    runs.map(({ record }) => settingsOf(record)),
    runs.map(({ name }) => name),
  );
  const heads = runs.map((_, i) => swatch(i, labels[i] ?? ""));
  const title = `${runs.length} runs: ${
    [...new Set(runs.map(({ record }) => record.task))].join(", ")
  }`;
  const before = html`<h1>${title}</h1>
${
    runs.map((run, i) =>
      html`<p>${
        heads[i]
      } <span class="status ${run.record.status}">${run.record.status}</span> <span class="note">${run.name}</span></p>`
    )
  }
${joinedWarnings(runs, heads)}
${settingsSection(runs, heads)}
${comparedNumbers(runs, heads)}
${curvesSection(runs, labels)}`;
  const after = html`${repeatSection(runs)}
${environmentSection(runs)}`;
  const room = roomBeside(before, after);
  const figures = await figuresSection(runs, labels, folderOf, room);
  return page(
    title,
    html`${before}
${figures}
${after}`,
  );
}

/** Bytes that are left for figures. */
function roomBeside(...parts: readonly Html[]): number {
  const taken = parts.map((part) =>
    new TextEncoder().encode(String(part)).length
  );
  return Math.max(0, taken.reduce((rest, bytes) => rest - bytes, PAGE_BYTES));
}

function swatch(place: number, label: string): Html {
  return html`<span class="key c${
    place % COLORS
  }"><i></i><b>${label}</b></span>`;
}

function comparedNumbers(
  runs: readonly RunView[],
  heads: readonly Html[],
): Html {
  const names = [
    ...new Set(
      runs.flatMap(({ numbers }) => numbers.map(({ name }) => name)),
    ),
  ];
  const table = (names: readonly string[]) =>
    html`
      <div class="scroll">
        <table>
          <thead>
            <tr><th></th>${heads.map((head) =>
              html`<th>${head}</th>`
            )}<th>unit</th></tr>
          </thead>
          <tbody>${names.map((name) => numberRow(name, runs))}</tbody>
        </table>
      </div>
    `;
  const others = names.slice(MOST_ROWS);
  return html`<h2>Numbers</h2>${table(names.slice(0, MOST_ROWS))}${
    others.length === 0
      ? ""
      : html`<details><summary>${others.length} more numbers</summary>${
        table(others)
      }</details>`
  }`;
}

function numberRow(name: string, runs: readonly RunView[]): Html {
  const found = runs.map(({ numbers }) =>
    numbers.find((one) => one.name === name)
  );
  const unit = found.map((one) => one?.unit).find(Boolean);
  return html`<tr><th scope="row">${name}</th>${
    found.map((one) =>
      one === undefined
        ? html`<td class="number">–</td>`
        : html`<td class="number ${
          one.verdict === "outside" ? "outside" : ""
        }">${valueText(one.value, one.error)}</td>`
    )
  }<td>${unit}</td></tr>`;
}

/** Figures of one name beside one another. */
async function figuresSection(
  runs: readonly RunView[],
  labels: readonly string[],
  folderOf: (run: RunView) => string,
  room: number,
): Promise<Html> {
  const names = [
    ...new Set(
      runs.flatMap(({ figures }) => figures.map(({ name }) => name)),
    ),
  ].sort();
  if (names.length === 0) return html``;
  const placed = names.flatMap((name) =>
    runs.flatMap((run, i): readonly (PlacedFigure & { name: string })[] => {
      const figure = run.figures.find((one) => one.name === name);
      if (figure === undefined) return [];
      const caption = runs.length > 1 ? labels[i] ?? "" : name;
      const file = `${folderOf(run)}figures/${name}.png`;
      return [{ figure, caption, file, name }];
    })
  );
  const shown = await embedFigures(placed, room);
  if (runs.length === 1) {
    return html`
      <h2>Figures</h2>
      <div class="figures">${shown}</div>
    `;
  }
  return html`<h2>Figures</h2>${
    names.map((name) =>
      html`
        <h3>${name}</h3>
        <div class="figures many">${shown.filter((_, i) =>
          placed[i]?.name === name
        )}</div>
      `
    )
  }`;
}
