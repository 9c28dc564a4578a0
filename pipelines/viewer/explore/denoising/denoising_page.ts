/**
 * The page of denoising: noisy images and what a diffusion model predicts from them, step by step.
 * @module
 */
import { encodeBase64 } from "../../base64.ts";
import { type Html, html } from "../../html.ts";
import { scriptPage } from "../script_page.ts";
import type { Denoised } from "./denoised.ts";
import { denoisingScript } from "./denoising_script.ts";

/** Two images side by side; on a telephone the rows of all images are one below the other, large enough to be hit. */
const style: Html = html`
  .pair{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 20px;max-width:700px}
  .pair h2{margin-top:16px;font-size:16px}.pair canvas{max-width:none}
  @media(max-width:600px){.pair.all{grid-template-columns:minmax(0,1fr)}}
  #step{flex:1;min-width:160px;max-width:520px}
`;

/**
 * Makes the page: one file that asks for nothing.
 *
 * @param denoised What it shows.
 * @returns The whole file.
 * @throws {RangeError} If a moment has not as many pixels as all images together.
 */
export async function denoisingPage(denoised: Denoised): Promise<string> {
  const { title, about, rows, columns, classes, each, moments } = denoised;
  const size = classes.length * each * rows * columns;
  return await scriptPage({
    title,
    about,
    body: body(denoised),
    data: {
      rows,
      columns,
      classes,
      each,
      moments: moments.map(({ noisy, predicted, ...moment }, i) => {
        const found = [noisy, predicted].find(({ length }) => length !== size);
        if (found !== undefined) {
          throw new RangeError(
            `Expected ${size} pixels at moment ${i} but found ${found.length}`,
          );
        }
        return {
          ...moment,
          noisy: encodeBase64(noisy),
          predicted: encodeBase64(predicted),
        };
      }),
    },
    script: denoisingScript,
    style,
  });
}

function body({ rows, columns, classes, each, moments }: Denoised): Html {
  const steps = moments.length - 1;
  const all = (id: string, what: string) =>
    html`
      <canvas id="${id}" class="pixels" width="${classes.length *
        columns}" height="${each * rows}"
        tabindex="0" role="application"
        aria-label="${what} of all images, a column for each class; click or use the arrow keys to choose"></canvas>
    `;
  const one = (id: string, what: string) =>
    html`
      <canvas id="${id}" class="pixels" width="${columns}" height="${rows}"
        role="img" aria-label="${what} of the chosen one"></canvas>
    `;
  return html`
    <div class="row">
      <button type="button" id="play">Play</button>
      <input type="range" id="step" min="0" max="${steps}" step="1" value="0"
        aria-label="Step of the sampler">
    </div>
    <p class="note" id="told"></p>
    <div class="pair">
      <section><h2>Noisy image</h2>${one("noisy", "The noisy image")}</section>
      <section><h2>Predicted image</h2>${one(
        "predicted",
        "The predicted clean image",
      )}</section>
    </div>
    <div class="pair all">
      <section><h2>All, noisy</h2>${all("allNoisy", "Noisy images")}</section>
      <section><h2>All, predicted</h2>${all(
        "allPredicted",
        "Predicted clean images",
      )}</section>
    </div>
    <p
      class="note">At each step the network predicts the clean image in the noisy one, and the sampler moves a
    little towards it. Pixels beyond black and white are clipped.</p>
  `;
}
