import { assertEquals, assertStringIncludes } from "@std/assert";
import { whence } from "../../../../pipelines/core/data/whence.ts";
import { pipeline } from "../../../../pipelines/core/pipeline.ts";
import { stage } from "../../../../pipelines/core/stage.ts";
import { oneOf } from "../../../../pipelines/core/task/fields.ts";
import { dataText } from "../../../../pipelines/core/task/plan.ts";
import { letters, newPlace } from "./new_place.ts";

Deno.test("whence() says where data is, or where it would come from, and downloads nothing", async () => {
  await using place = await newPlace(() => "abc");
  const source = letters(place.server);
  const host = new URL(place.server).host;
  assertEquals(await whence("runes", source), "built-in runes");
  assertEquals(
    await whence("alphabet", source),
    `alphabet, to be downloaded from ${host} or ${host}`,
  );
  assertStringIncludes(await whence("auto", source), "; else built-in runes");
  await Deno.mkdir(`${place.folder}/letters`);
  await Deno.writeTextFile(`${place.folder}/letters/abc`, "abc");
  const found =
    `alphabet from ${place.folder}/letters: 1 file with the right checksums`;
  assertEquals(await whence("auto", source), found);
  assertEquals(
    await whence(place.folder, source),
    `the folder ${place.folder} with 1 file`,
  );
  assertStringIncludes(await whence("/nowhere", source), "/nowhere");
  assertEquals(place.requests, []);
});

Deno.test("dataText() asks each stage that loads data", async () => {
  const whence = (request: string) => Promise.resolve(`${request} from home`);
  const load = stage("load", { needs: [], adds: {}, whence }, () => ({}));
  const other = stage("other", { needs: [], adds: {} }, () => ({}));
  const both = pipeline<object>("both").pipe(load).pipe(other);
  assertEquals(await dataText(both, "cats"), "Data\n  cats from home");
  assertEquals(await dataText(other, "cats"), undefined);
});

Deno.test("dataText() tells a stage its settings, with the defaults of those that are not given", async () => {
  const settings = { language: oneOf(["en", "de"], "of the text") };
  const load = stage<{ readonly language?: "en" | "de" }, object, never, {
    readonly language: "en" | "de";
  }>("load", {
    needs: [],
    settings,
    adds: {},
    whence: (request, { language }) =>
      Promise.resolve(`${request}.${language}`),
  }, () => ({}));
  assertEquals(await dataText(load, "a", { language: "de" }), "Data\n  a.de");
  assertEquals(await dataText(load, "a"), "Data\n  a.en");
});
