/**
 * The page of attention: who looks at whom, by text, layer and head.
 * @module
 */
import { encodeBase64 } from "../../base64.ts";
import { type Html, html } from "../../html.ts";
import { scriptPage } from "../script_page.ts";
import type { Attended, AttendedText } from "./attention_maps.ts";
import { attentionScript } from "./attention_script.ts";

/** Weights of which the legend shows the shade. */
const LEGEND = [0, 0.01, 0.05, 0.2, 0.5, 1];

/** The map scrolls within its frame, so that cells stay large enough to be hit; shades are those of the script. */
const style: Html = html`
  :root{--shade:0,90,156}@media(prefers-color-scheme:dark){:root{--shade:127,193,255}}
  #map{width:auto;max-width:none;border:0;border-radius:0}
  #looked{white-space:pre-wrap;line-height:1.9}#looked span{padding:2px 1px;border-radius:2px}#looked b{font-weight:600}
  .shades{margin-top:10px}.shades i{display:inline-block;width:16px;height:16px;border:1px solid var(--rule);vertical-align:-3px;margin-right:5px}
  #told{min-height:1.5em;font-variant-numeric:tabular-nums}dl{margin:8px 0}dt{color:var(--note);font-size:13px}dd{margin:0 0 4px}
  .row label{min-width:0;max-width:100%}#text{width:100%;max-width:560px}
`;

/**
 * Makes the page: one file that asks for nothing.
 *
 * @param attended What it shows.
 * @returns The whole file.
 * @throws {RangeError} If there is no text, or weights that do not fit their words.
 */
export async function attentionPage(attended: Attended): Promise<string> {
  const { title, about, texts } = attended;
  if (texts.length === 0) {
    throw new RangeError("Expected a text at least but found none");
  }
  return await scriptPage({
    title,
    about,
    body: body(texts),
    data: { texts: texts.map(textData), shades: LEGEND },
    script: attentionScript,
    style,
  });
}

function textData({ told, maps }: AttendedText): object {
  return {
    told,
    maps: maps.map(({ weights, ...map }) => {
      const { layers, heads, rows, columns } = map;
      const size = layers * heads * rows.length * columns.length;
      if (weights.length !== size) {
        throw new RangeError(
          `Expected ${size} weights of "${map.name}" but found ${weights.length}`,
        );
      }
      return { ...map, weights: encodeBase64(weights) };
    }),
  };
}

function body(texts: readonly AttendedText[]): Html {
  const options = texts.map(({ name }, i) =>
    html`<option value="${i}">${name}</option>`
  );
  const swatches = LEGEND.map((weight) =>
    html`<span class="key"><i></i>${weight}</span>`
  );
  return html`
    <div
      class="row"><label>Text <select id="text">${options}</select></label></div>
    <div class="row">
      <label>Attention <select id="kind"></select></label>
      <label>Layer <select id="layer"></select></label>
      <label>Head <select id="head"></select></label>
    </div>
    <dl id="about"></dl>
    <p id="told" aria-live="polite"></p>
    <p id="looked"></p>
    <div class="scroll">
      <canvas id="map" tabindex="0" role="application"
        aria-label="Weights of attention; point at a cell, or use the arrow keys"></canvas>
    </div>
    <p class="legend shades">${swatches}</p>
    <p
      class="note">Each row shares out a weight of 1, kept here as a multiple of 1/255.
    The shade grows with the square root of the weight.</p>
  `;
}
