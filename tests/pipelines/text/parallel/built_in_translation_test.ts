import { assert, assertEquals } from "@std/assert";
import { keyFrom } from "../../../../pipelines/core/random/key.ts";
import {
  builtInTranslation,
  writePairs,
} from "../../../../pipelines/text/parallel/built_in_translation.ts";

const pairs = writePairs(keyFrom(5), 300);

Deno.test("every word of both languages has a link, and links stay within the sentences", () => {
  for (const { de, en, links } of pairs) {
    const [german, english] = [de.split(" "), en.split(" ")];
    assertEquals(
      new Set(links.map(([a]) => a)).size,
      german.length,
      `${de} | ${en}`,
    );
    assertEquals(new Set(links.map(([, b]) => b)).size, english.length);
    assert(links.every(([a, b]) => a < german.length && b < english.length));
  }
});

Deno.test("linked words translate each other: `hund` is always `dog`, `hat` always `has`", () => {
  const seen = new Map<string, Set<string>>();
  for (const { de, en, links } of pairs) {
    for (const [a, b] of links) {
      const word = de.split(" ")[a]!;
      const known = seen.get(word) ?? new Set();
      seen.set(word, known.add(en.split(" ")[b]!));
    }
  }
  assertEquals([...seen.get("hund")!], ["dog"]);
  assertEquals([...seen.get("hat")!], ["has"]);
  assertEquals([...seen.get("weil")!], ["because"]);
  assertEquals([...seen.get("schneemann")!].sort(), ["man", "snow"]);
  assertEquals([...seen.get("einen")!].sort(), ["a", "an"]);
});

Deno.test("the order of words differs: participles and subordinate verbs cross their objects", () => {
  const crossing = pairs.filter(({ links }) =>
    links.some(([a, b]) => links.some(([c, d]) => a < c && b > d))
  );
  assert(crossing.length > pairs.length / 2);
  assert(crossing.length < pairs.length);
});

Deno.test("no test or validation sentence is among those to learn from", () => {
  const { train, validation, test, links } = builtInTranslation();
  const known = new Set(train.lines["de"]);
  for (const split of [validation, test]) {
    assert(split.lines["de"]!.length > 300);
    assert(split.lines["de"]!.every((line) => !known.has(line)));
  }
  assertEquals(links?.length, test.lines["en"]!.length);
});
