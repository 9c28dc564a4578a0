/**
 * The live pages, before their parts come.
 * @module
 */
import { type Html, html } from "../html.ts";
import { ORDERS } from "../select_rows.ts";
import type { ListRequest } from "./watch_parts.ts";

/** What a live page may load: only what this server has. */
export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/**
 * Makes the page with the list of runs.
 *
 * @param request Which runs are shown.
 * @returns The page, in HTML.
 */
export function listPage(request: ListRequest): string {
  const { query, sort, isWhole } = request;
  const address = new URLSearchParams({ query, sort, all: isWhole ? "1" : "" });
  return livePage(
    "Runs",
    `/events?${address.toString()}`,
    html`<h1>Runs</h1>
<form action="/" method="get">
<input name="query" value="${query}" placeholder="vae status=finished latent=3" aria-label="Filter" size="32">
<select name="sort" aria-label="Sort by">${
      ORDERS.filter((order) => order !== "size").map((order) =>
        order === sort
          ? html`<option selected>${order}</option>`
          : html`<option>${order}</option>`
      )
    }</select>
<button>Show</button></form>
<div id="list"></div>`,
  );
}

/**
 * Makes the page of one run.
 *
 * @param name The path of the run below the folder of all runs.
 * @returns The page, in HTML.
 */
export function runPage(name: string): string {
  const ids = [
    "numbers",
    "curves",
    "figures",
    "settings",
    "repeat",
    "environment",
  ];
  const address = new URLSearchParams({ name });
  return livePage(
    name,
    `/events?${address.toString()}`,
    html`<nav><a href="/">All runs</a></nav>
<div id="head"></div><p class="note" id="moment" aria-live="off"></p>
${ids.map((id) => html`<section id="${id}"></section>`)}`,
  );
}

function livePage(title: string, events: string, body: Html): string {
  return String(html`
    <!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>${title}</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="/style.css">
        <script src="/live.js" defer></script>
      </head>
      <body
        data-events="${events}"><p class="note">lowerbound watch: <span id="state">connecting</span></p>
    <noscript><p class="warn">This page needs JavaScript; deno task report writes one that does not.</p></noscript>
    ${body}</body>
    </html>
  `).trimStart();
}
