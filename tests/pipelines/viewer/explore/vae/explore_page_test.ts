import { assertEquals, assertMatch, assertNotMatch } from "@std/assert";
import { explorePage } from "../../../../../pipelines/viewer/explore/vae/explore_page.ts";
import {
  pageData,
  reachOf,
  widestPair,
} from "../../../../../pipelines/viewer/explore/vae/page_data.ts";
import { HOSTILE, MARKUP } from "../../viewed.ts";
import { explored } from "./explored_toy.ts";

Deno.test("hostile texts of a run stay texts in the page", async () => {
  const points = {
    means: Float32Array.of(1, 2, 3),
    labels: [0],
    classes: [HOSTILE],
  };
  const texts = { title: HOSTILE, about: HOSTILE };
  for (const what of [points, HOSTILE]) {
    const page = await explorePage({ ...explored, ...texts, points: what });
    assertNotMatch(page, MARKUP);
    assertEquals(page.match(/<script>/g)?.length, 1);
    assertEquals(page.match(/<\/template>/g)?.length, 1);
  }
});

Deno.test("the page's policy names its one script by its hash, and allows no request", async () => {
  const page = await explorePage(explored);
  const [, script = ""] = /<script>([^]*)<\/script>/.exec(page) ?? [];
  const bytes = new TextEncoder().encode(script);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const hash = btoa(String.fromCharCode(...digest));
  const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(page)!;
  assertEquals(
    policy?.replaceAll("&#39;", "'"),
    `default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
  );
  assertNotMatch(page, /https?:/);
});

Deno.test("there is a slider and a choice for each latent", async () => {
  const page = await explorePage(explored);
  assertEquals(page.match(/<input type="range"/g)?.length, 3);
  assertEquals(page.match(/<option/g)?.length, 6);
  assertMatch(page, /min="-3"\s+max="3"/);
});

Deno.test("classes whose names cannot be drawn have a legend, of those that occur", async () => {
  const legendOf = async (classes: readonly string[]) => {
    const points = {
      means: new Float32Array(6),
      labels: [2, 0],
      classes,
    };
    const page = await explorePage({ ...explored, points });
    return [...page.matchAll(/class="key (d\d)"><i><\/i><b>(\w+)/g)]
      .map(([, color, name]) => `${color} ${name}`);
  };
  assertEquals(await legendOf(["0", "1", "2"]), []);
  assertEquals(await legendOf([]), []);
  assertEquals(await legendOf(["bag", "shirt", "boot"]), ["d0 bag", "d2 boot"]);
});

Deno.test("sliders reach 3, or the farthest test image", () => {
  assertEquals(reachOf(explored), 3);
  const at = (...means: readonly number[]) =>
    reachOf({
      ...explored,
      points: { means: Float32Array.from(means), labels: [], classes: [] },
    });
  assertEquals(at(0.5, -2, 3), 3);
  assertEquals(at(0.5, -3.6, 3), 4);
  assertEquals(at(4.25, -3.6, 3), 4.5);
});

Deno.test("the first map shows the two latents that vary most", () => {
  const points = { labels: [0, 1], classes: [] };
  const of = (...means: readonly number[]) =>
    widestPair({
      ...explored,
      points: { ...points, means: Float32Array.from(means) },
    });
  assertEquals(of(9, 0, 1, 9, 5, 3), [1, 2]);
  assertEquals(of(4, 7, 1, 9, 7, 3), [0, 2]);
  assertEquals(widestPair(explored), [0, 1]);
  assertEquals(widestPair({ ...explored, latent: 1 }), [0, 0]);
});

Deno.test("weights are float32, the lowest byte first, each layer's before its bias", () => {
  const { weights } = pageData(explored);
  const bytes = Uint8Array.from(
    atob(String(weights)),
    (letter) => letter.charCodeAt(0),
  );
  const { weight, bias } = explored.model.hidden[0]!;
  const view = new DataView(bytes.buffer);
  const found = Array.from(
    { length: weight.length + bias.length },
    (_, i) => view.getFloat32(4 * i, true),
  );
  assertEquals(found, [...weight, ...bias]);
});
