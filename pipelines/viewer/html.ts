/**
 * Pages in which every text is a text: nothing that a run says becomes markup.
 * @module
 */

/** Markup that `html` has made; everything else is escaped where it is put into a page. */
export class Html {
  readonly #markup: string;

  /** Takes markup as it is: of `html`, or a constant of the package. */
  constructor(markup: string) {
    this.#markup = markup;
  }

  /** Gives the markup. */
  toString(): string {
    return this.#markup;
  }
}

/** What can be put into a page. */
export type Content = Html | string | number | undefined | readonly Content[];

/**
 * Makes markup from a template: what stands between `${` and `}` is escaped, unless it is markup itself.
 *
 * Attributes must be in double quotes, and no text may be put into a script, a style or an address that is not made by
 * `encodeURIComponent`.
 *
 * @param parts The template's own text.
 * @param values Texts, numbers, markup, lists of these, or nothing.
 * @returns The markup.
 *
 * @example
 * ```ts
 * import { html } from "@lowerbound/lowerbound/viewer";
 *
 * const name = "<script>";
 * console.assert(String(html`<p>${name}</p>`) === "<p>&lt;script&gt;</p>");
 * ```
 */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly Content[]
): Html {
  const text = parts.map((part, i) => part + markupOf(values[i]));
  return new Html(text.join(""));
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
  "\0": "\ufffd",
};

function markupOf(content: Content): string {
  if (content === undefined) return "";
  if (content instanceof Html) return content.toString();
  if (typeof content === "object") return content.map(markupOf).join("");
  return String(content)
    .replace(/[&<>"'`\0]/g, (sign) => ESCAPES[sign] ?? "");
}
