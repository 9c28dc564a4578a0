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
 * @param own Elements of the head and style beyond those of all pages, and the one script that may run, by its SHA-256 in base64; none unless given.
 * @returns The whole file.
 */
export function page(
  title: string,
  body: Html,
  own: {
    readonly head?: Html;
    readonly style?: Html;
    readonly script?: string;
  } = {},
): string {
  const script = own.script ? ` script-src 'sha256-${own.script}';` : "";
  const policy =
    `default-src 'none'; img-src data:; style-src 'unsafe-inline';${script} base-uri 'none'; form-action 'none'`;
  const markup = html`
    <!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="${policy}">
        <meta name="referrer" content="no-referrer">
        ${own.head ?? ""}
        <title>${title}</title>
        <style>${style}${own.style ?? ""}</style>
      </head>
      <body>${body}</body>
    </html>
  `;
  return String(markup).trimStart();
}
