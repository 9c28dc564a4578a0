/**
 * The program of the live page.
 * @module
 */

/**
 * Puts the parts of the page that the server sends where they belong: markup that the server has made and escaped. What
 * a reader has unfolded stays unfolded.
 */
export const clientScript = `"use strict";
const state = document.getElementById("state");
const put = (id, markup) => {
  const part = document.getElementById(id);
  if (part === null) return;
  const open = [...part.querySelectorAll("details")].map((one) => one.open);
  part.innerHTML = markup;
  part.querySelectorAll("details").forEach((one, i) => { one.open = open[i] ?? false; });
};
const source = new EventSource(document.body.dataset.events);
source.addEventListener("part", (event) => {
  const { id, markup } = JSON.parse(event.data);
  put(id, markup);
  document.body.dataset.parts = Number(document.body.dataset.parts ?? 0) + 1;
});
source.onopen = () => { state.textContent = "live"; };
source.onerror = () => { state.textContent = "no answer, trying again"; };
addEventListener("pagehide", () => source.close());
`;
