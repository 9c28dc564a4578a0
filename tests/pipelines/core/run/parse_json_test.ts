import { assertEquals, assertRejects } from "@std/assert";
import { parseJson } from "../../../../pipelines/core/run/parse_json.ts";

Deno.test("parseJson() names the first rules that a file of something else breaks", async () => {
  const read = (text: string) =>
    parseJson(text, "run.json", (z) =>
      z.object(Object.fromEntries(
        ["a", "b", "c", "d", "e"].map((name) => [name, z.literal(1)]),
      )));
  const wrong = (name: string) => `${name}: Invalid input: expected 1`;
  const all = ["a", "b", "c", "d", "e"].map(wrong);
  await assertRejects(
    () => read("{}"),
    SyntaxError,
    `Cannot read run.json: ${all.slice(0, 3).join("; ")}; and 2 more`,
  );
  const { message } = await assertRejects(
    () => read('{"a": 1, "b": 1}'),
    SyntaxError,
  );
  assertEquals(message, `Cannot read run.json: ${all.slice(2).join("; ")}`);
});
