import { assertEquals, assertThrows } from "@std/assert";
import { type Html, html } from "../../../pipelines/viewer/html.ts";
import { HOSTILE, MARKUP } from "./viewed.ts";

Deno.test("html escapes what is put into it, and keeps what it made itself", () => {
  const name = "<b>&\"'`\0";
  const escaped = "&lt;b&gt;&amp;&quot;&#39;&#96;\ufffd";
  const text = (markup: Html) => markup.toString();
  assertEquals(text(html`<p>${name}</p>`), `<p>${escaped}</p>`);
  assertEquals(text(html`<p title="${name}">`), `<p title="${escaped}">`);
  assertEquals(
    text(html`<ul>${html`<li>${1}</li>`}</ul>`),
    "<ul><li>1</li></ul>",
  );
  assertEquals(
    text(html`${["<", html`<br>`, undefined, -0.5]}`),
    "&lt;<br>-0.5",
  );
});

Deno.test("html takes nothing for markup because of its shape", () => {
  const forged = { markup: HOSTILE, toString: () => HOSTILE } as unknown;
  const page = html`${String(forged)}`.toString();
  assertEquals(MARKUP.test(page), false);
  // @ts-expect-error only texts, numbers and markup can be put into a page
  assertThrows(() => html`${forged}`, TypeError);
});
