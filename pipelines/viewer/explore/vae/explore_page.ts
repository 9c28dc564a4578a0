/**
 * The page to explore a VAE: one file whose program computes the model.
 * @module
 */
import { type Html, html } from "../../html.ts";
import { scriptPage } from "../script_page.ts";
import type { Explored } from "./explored.ts";
import { exploreScript } from "./explore_script.ts";
import { layerScript } from "./layer_script.ts";
import { mapScript } from "./map_script.ts";
import { pageData, pointsOf, reachOf, widestPair } from "./page_data.ts";
import { penScript } from "./pen_script.ts";

/** Images in a row and in a column of the plane. */
const SIDE = 11;

/**
 * Makes the page: one file that asks for nothing.
 *
 * @param explored What it shows.
 * @returns The whole file.
 */
export async function explorePage(explored: Explored): Promise<string> {
  const { title, about } = explored;
  return await scriptPage({
    title,
    about,
    body: body(explored),
    data: pageData(explored),
    script: layerScript + mapScript + exploreScript + penScript,
  });
}

function body(explored: Explored): Html {
  const { rows, columns, points } = explored;
  const [across, up] = widestPair(explored);
  return html`
    <div class="tools">
      <section>
        <h2>Decoded</h2>
        <canvas id="decoded" class="pixels" width="${columns}" height="${rows}"
          role="img" aria-label="Probability of ink for the latents below"></canvas>
        <div class="latents" role="group" aria-label="Latents">${sliders(
          explored,
        )}</div>
        <div
          class="row"><button type="button" id="zero">All latents to 0</button></div>
      </section>
      <section>
        <h2>Map of test images</h2>
        <canvas id="map" width="660" height="660" tabindex="0" role="application"
          aria-label="Posterior means of test images; click, drag or use the arrow keys to choose two latents"></canvas>
        <div
          class="row">${select("across", "Across", explored, across)}${select(
            "up",
            "Up",
            explored,
            up,
          )}<button type="button" id="nearest">Nearest test image</button></div>
        ${legend(
          explored,
        )}<p class="note" id="told" aria-live="polite">${typeof points ===
            "string"
          ? `No test images: ${points}`
          : ""}</p>
      </section>
      <section>
        <h2>Plane of these two latents</h2>
        <canvas id="plane" class="pixels" width="${SIDE *
          columns}" height="${SIDE * rows}"
          tabindex="0" role="application"
          aria-label="Decoded images over the two latents, the others as they are; click, drag or use the arrow keys to choose"></canvas>
      </section>
      <section>
        <h2>Draw a digit</h2>
        <canvas id="pen" class="pixels" width="${columns}" height="${rows}"
          tabindex="0" role="application"
          aria-label="Draw a digit: drag, or move with the arrow keys and press space for ink; its posterior mean is decoded"></canvas>
        <div class="row"><button type="button" id="clear">Clear</button></div>
        <p class="note" id="drawn" aria-live="polite"></p>
      </section>
    </div>
  `;
}

/** The colours of classes whose names are too long to be drawn. */
function legend(explored: Explored): Html | undefined {
  const { labels, classes } = pointsOf(explored);
  const named = [...new Set(labels)].sort((a, b) => a - b)
    .flatMap((label) => classes[label] === undefined ? [] : [label]);
  if (named.every((label) => classes[label]?.length === 1)) return undefined;
  const keys = named.map((label) =>
    html`<span class="key d${label % 10}"><i></i><b>${
      classes[label]
    }</b></span>`
  );
  return html`<p class="legend">${keys}</p>`;
}

function sliders(explored: Explored): readonly Html[] {
  const reach = reachOf(explored);
  return numbers(explored).map((i) =>
    html`<label>z${
      i + 1
    }<input type="range" id="z${i}" min="-${reach}" max="${reach}" step="0.01" value="0"><output id="value${i}" for="z${i}">0.00</output></label>`
  );
}

function select(
  id: string,
  name: string,
  explored: Explored,
  chosen: number,
): Html {
  const options = numbers(explored).map((i) =>
    i === chosen
      ? html`<option value="${i}" selected>z${i + 1}</option>`
      : html`<option value="${i}">z${i + 1}</option>`
  );
  return html`<label>${name} <select id="${id}">${options}</select></label>`;
}

function numbers({ latent }: Explored): readonly number[] {
  return Array.from({ length: latent }, (_, i) => i);
}
