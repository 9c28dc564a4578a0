/**
 * A page with a program of its own: one file that asks for nothing.
 * @module
 */
import { encodeBase64 } from "../base64.ts";
import { Html, html } from "../html.ts";
import { page } from "../page.ts";
import { canvasScript } from "./canvas_script.ts";
import { exploreStyle } from "./explore_style.ts";
import { numbersScript } from "./numbers_script.ts";

/** What a page with a program consists of. */
export interface ScriptPage {
  /** What is explored. */
  readonly title: string;
  /** A line below the title. */
  readonly about: string;
  /** What the page shows. */
  readonly body: Html;
  /** What the program reads as `data`. */
  readonly data: unknown;
  /** The program after what all pages share: a text of the package, which nothing is put into. */
  readonly script: string;
  /** Style beyond that of the pages to explore. */
  readonly style?: Html;
}

/** The program reads what the page holds as JSON: none of it is ever code. */
const dataScript = `
const data = JSON.parse(element("data").content.textContent);
`;

/**
 * Makes a page whose policy allows its one script, by its hash, and no request.
 *
 * @param parts What it consists of.
 * @returns The whole file.
 */
export async function scriptPage(
  { title, about, body, data, script, style = html`` }: ScriptPage,
): Promise<string> {
  const program = `"use strict";${numbersScript}${canvasScript}${dataScript}` +
    script;
  const digest = await crypto.subtle.digest(
    "SHA-256",
    new TextEncoder().encode(program),
  );
  const content = html`
    <h1>${title}</h1>
    <p class="note">${about}</p>
    <noscript><p class="warn">This page needs JavaScript.</p></noscript>
    ${body}<template id="data">${JSON.stringify(data)}</template>
  `;
  return page(
    title,
    html`${content}${new Html(`<script>${program}</script>`)}`,
    {
      head: html`<link rel="icon" href="data:,">`,
      style: html`${exploreStyle}${style}`,
      script: encodeBase64(new Uint8Array(digest)),
    },
  );
}
