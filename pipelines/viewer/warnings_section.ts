/**
 * What a reader of a page should not miss.
 * @module
 */
import { type Html, html } from "./html.ts";
import type { RunView } from "./run_view.ts";

/** What a reader of one run should not miss, a line each. */
export function warningsSection(run: RunView): Html {
  const lines = [...new Set(linesOf(run))];
  return html`${lines.map((line) => html`<p class="warn">${line}</p>`)}`;
}

/**
 * What a reader of several runs should not miss: each line once, with the runs that it concerns.
 *
 * @param runs The runs, two at least.
 * @param heads What each run is called.
 * @returns The lines, in the order of the runs that have them first; one that concerns all runs names none.
 */
export function joinedWarnings(
  runs: readonly RunView[],
  heads: readonly Html[],
): Html {
  const concerned = new Map<string, Set<number>>();
  runs.forEach((run, i) => {
    for (const line of linesOf(run)) {
      concerned.set(line, (concerned.get(line) ?? new Set()).add(i));
    }
  });
  return html`${
    [...concerned].map(([line, places]) =>
      html`<p class="warn">${whoOf(places, heads)}: ${line}</p>`
    )
  }`;
}

function linesOf({ warnings, faults }: RunView): readonly string[] {
  return [...warnings, ...faults];
}

/** The runs, as their labels; all of them in words. */
function whoOf(places: ReadonlySet<number>, heads: readonly Html[]): Html {
  if (places.size === heads.length) {
    return html`<b>${heads.length === 2 ? "Both runs" : "All runs"}</b>`;
  }
  return html`${
    [...places].map((place) =>
      html`
        ${heads[place]}
      `
    )
  }`;
}
