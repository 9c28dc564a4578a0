/**
 * A page that stands alone: no script, and nothing from elsewhere.
 * @module
 */
import { type Html, html } from "./html.ts";
import { style } from "./style.ts";

/**
 * Makes a page.
 *
 * @param title Its title.
 * @param body What it shows.
 * @returns The whole file.
 */
export function page(title: string, body: Html): string {
  const policy =
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
  const markup = html`
    <!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="${policy}">
        <meta name="referrer" content="no-referrer">
        <title>${title}</title>
        <style>${style}</style>
      </head>
      <body>${body}</body>
    </html>
  `;
  return String(markup).trimStart();
}
