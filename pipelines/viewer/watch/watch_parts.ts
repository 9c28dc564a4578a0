/**
 * What the live pages show.
 * @module
 */
import { type Html, html } from "../html.ts";
import { numberText, verdictText } from "../joined_numbers.ts";
import { age, setting, size } from "../readable.ts";
import type { RunRow } from "../run_rows.ts";
import {
  curvesSection,
  environmentSection,
  headSection,
  numbersSection,
  repeatSection,
  settingsSection,
} from "../sections.ts";
import { filterRows, type Order, ORDERS, sortRows } from "../select_rows.ts";
import type { Parts } from "./event_stream.ts";
import type { LiveView } from "./live_runs.ts";

/** Which runs a list shows. */
export interface ListRequest {
  /** Filters with spaces between them. */
  readonly query: string;
  /** What comes first. */
  readonly sort: Order;
  /** Whether all runs are shown, however many. */
  readonly isWhole: boolean;
}

/** Rows that are shown unless all are asked for. */
const MOST_ROWS = 100;

/**
 * Makes the list of runs.
 *
 * @param rows All runs.
 * @param request Which are shown.
 * @param now Milliseconds since 1970.
 * @returns The parts of the page.
 */
export function listParts(
  rows: readonly RunRow[],
  request: ListRequest,
  now: number,
): Parts {
  const { query, sort, isWhole } = request;
  const filters = query.split(/\s+/).filter(Boolean);
  const fitting = sortRows(filterRows(rows, filters), sort);
  const shown = isWhole ? fitting : fitting.slice(0, MOST_ROWS);
  const rest = fitting.length - shown.length;
  const whole = new URLSearchParams({ query, sort, all: "1" });
  const list = html`
    <p class="note">${fitting.length} of ${rows.length} runs</p>
    <div class="scroll">
      <table class="rows">
        <thead>
          <tr>
            <th>run</th>
            <th>task</th>
            <th>data</th>
            <th>status</th>
            <th>best</th>
            <th>last sign</th>
            <th>settings</th>
          </tr>
        </thead>
        <tbody>${shown.map((row) => rowOfList(row, now))}</tbody>
      </table>
    </div>${rest > 0
      ? html`<p><a href="/?${whole.toString()}">Show ${rest} more</a></p>`
      : ""}
  `;
  return { list: String(list) };
}

function rowOfList(row: RunRow, now: number): Html {
  const { name, task, data, status, best, settings, lastSign } = row;
  const changed = Object.entries(settings)
    .map(([name, value]) => `${name} ${setting(value)}`).join(", ");
  return html`
    <tr>
      <th scope="row"
        class="long"><a href="/run?name=${encodeURIComponent(
          name,
        )}">${name}</a></th>
      <td class="nowrap">${task}</td>
      <td>${data}</td>
      <td class="${status}">${status}</td>
      <td>${best
        ? html`${numberText(best)} <small class="${
          best.verdict.replace(" ", "-")
        }">${best.name} ${best.band ? verdictText(best) : ""}</small>`
        : ""}</td>
      <td class="nowrap">${age((now - lastSign) / 1000)}</td>
      <td class="long">${changed}</td>
    </tr>
  `;
}

/**
 * Makes the page of one run.
 *
 * @param live The run.
 * @param name Its path below the folder of all runs.
 * @param now Milliseconds since 1970.
 * @returns The parts of the page.
 */
export function runParts(
  { view, reading }: LiveView,
  name: string,
  now: number,
): Parts {
  const last = view.curves.map(({ last }) => last)
    .reduce((a, b) => b.step > (a?.step ?? -1) ? b : a, view.curves[0]?.last);
  const moment = [
    ...last
      ? [`step ${last.step}, epoch ${Number(last.epoch.toFixed(3))}`]
      : [],
    `last sign ${age((now - view.lastSign) / 1000)} ago`,
    ...reading
      ? [`reading ${size(reading[0])} of ${size(reading[1])} of metrics`]
      : [],
  ].join(" · ");
  const figures = view.figures.map((figure) => {
    const address = new URLSearchParams({ name, figure: figure.name });
    return html`<figure><img alt="${figure.name}" src="/figure?${address.toString()}" loading="lazy"><figcaption>${figure.name}</figcaption></figure>`;
  });
  const parts: Readonly<Record<string, Html>> = {
    head: headSection(view),
    moment: html`${moment}`,
    numbers: numbersSection(view),
    curves: curvesSection([view], []),
    figures: figures.length === 0 ? html`` : html`
      <h2>Figures</h2>
      <div class="figures">${figures}</div>
    `,
    settings: settingsSection([view], [html`this run`]),
    repeat: repeatSection([view]),
    environment: environmentSection([view]),
  };
  return Object.fromEntries(
    Object.entries(parts).map(([id, markup]) => [id, String(markup)]),
  );
}

/** Reads which runs a list shows from the address of the page. */
export function listRequest(parameters: URLSearchParams): ListRequest {
  const wanted = parameters.get("sort");
  return {
    query: (parameters.get("query") ?? "").slice(0, 500),
    sort: ORDERS.find((order) => order === wanted) ?? "began",
    isWhole: parameters.get("all") === "1",
  };
}
