import type { BandsByRun } from "../../../pipelines/core/task/expected_bands.ts";
import type {
  FindTask,
  KnownTask,
} from "../../../pipelines/viewer/run_view.ts";

/** Bands of the toy's loss: one for the runs of the tests, and one for others. */
export const bands: BandsByRun = {
  "test/loss": [
    {
      low: 0.4,
      high: 0.6,
      unit: "nats per dot",
      measured: "",
      when: { latent: 3 },
    },
  ],
};

/** What is known of the toy. */
export const toy: KnownTask = {
  bands,
  defaults: { data: "auto", latent: 2, hidden: [20, 10] },
};

/** Finds the toy. */
export const findToy: FindTask = () => Promise.resolve(toy);

/** A text that would be markup, an attribute, a script and an address, were it not escaped. */
export const HOSTILE =
  `"><img src=x onerror=alert(1)><script>alert('2')</script>\`\${1}&amp;`;

/** What of it must never stand in a page. */
export const MARKUP: RegExp = /<img src=x|<script>alert|alert\('2'\)/;

/** A PNG of one grey pixel. */
export const PIXEL: Uint8Array = Uint8Array.from(
  atob(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==",
  ),
  (letter) => letter.charCodeAt(0),
);
