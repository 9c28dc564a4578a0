import { assertEquals, assertRejects } from "@std/assert";
import { artifactFiles } from "../../../../pipelines/core/run/artifact_files.ts";
import { holdPlace } from "../../../../pipelines/core/run/disk/place.ts";
import { tempFolder } from "../temp_folder.ts";

Deno.test("artifacts stay inside the run's folder", async () => {
  using folder = tempFolder();
  const place = holdPlace(folder.path);
  const artifacts = artifactFiles(place);
  const png = new Uint8Array([137, 80]);
  await artifacts.figure({ name: "elbo", png, svg: "<svg/>", spec: { a: 1 } });
  await artifacts.file("model/decoder.onnx", png);
  const read = (name: string) =>
    Deno.readTextFileSync(`${place.path}/figures/${name}`);
  assertEquals([read("elbo.svg"), read("elbo.vl.json")], [
    "<svg/>",
    '{"a":1}\n',
  ]);
  assertEquals(Deno.readFileSync(`${place.path}/model/decoder.onnx`), png);
  for (const path of ["../b", "/b", "a//b", "a\\..\\b", ""]) {
    await assertRejects(
      () => artifacts.file(path, "text"),
      RangeError,
      "Expected a path inside the run's folder",
    );
  }
});
