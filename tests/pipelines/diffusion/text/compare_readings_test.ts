import { assertEquals } from "@std/assert";
import { compareReadings } from "../../../../pipelines/diffusion/text/measure_negative.ts";
import { colourNames } from "../../../../pipelines/images/scenes/scene.ts";

/** A thick red three alone on a ground of the third colour. */
const plain = {
  ...{ ink: 0, thickness: 1, ground: 2, place: 4 },
  ...{ firstDigit: 3, secondDigit: 10 },
};

/** A change of one answer, and what it leaves of what is kept and of what was asked for. */
const changes = [
  [{ ink: 1 }, { ink: 0.5 }, 0.5],
  [{ thickness: 0 }, { thickness: 0.5 }, 0.5],
  [{ place: 3 }, { place: 0.5 }, 1],
  [{ firstDigit: 5 }, { digits: 0.5 }, 0.5],
  [{ secondDigit: 1 }, { digits: 0.5 }, 0.5],
  [{ ground: 1 }, {}, 1],
] as const;

for (const [change, kept, asked] of changes) {
  Deno.test(`compareReadings() of ${JSON.stringify(change)} in one of two pictures`, () => {
    const found = compareReadings([plain, plain], [
      plain,
      { ...plain, ...change },
    ]);
    const means = Object.entries(found.kept).map(([name, { mean }]) => [
      name,
      mean,
    ]);
    assertEquals(Object.fromEntries(means), {
      ...{ ink: 1, thickness: 1, place: 1, digits: 1 },
      ...kept,
    });
    assertEquals(found.count, 2);
    assertEquals(found.asAsked.without.mean, 1);
    assertEquals(found.asAsked.negative.mean, asked);
    const changed = "ground" in change ? 0.5 : 0;
    assertEquals(found.changedGround.mean, changed);
    assertEquals(found.changedOther?.mean, changed);
  });
}

Deno.test("compareReadings() counts each ground without and with the prompt, and changes of others than blue apart", () => {
  const blue = colourNames.indexOf("blue");
  const on = (ground: number) => ({ ...plain, ground });
  const other = blue === 0 ? 1 : 0;
  const { grounds, changedGround, changedOther } = compareReadings(
    [on(blue), on(blue), on(other), on(other), on(other)],
    [on(other), on(other), on(other), on(other), on(blue)],
  );
  assertEquals(grounds.map(({ colour }) => colour), [...colourNames]);
  assertEquals(
    [grounds[blue]!, grounds[other]!].map(({ without, negative }) => [
      ...[without.mean, negative.mean],
    ]),
    [[0.4, 0.2], [0.6, 0.8]],
  );
  assertEquals(changedGround.mean, 0.6);
  assertEquals(changedOther?.mean, 1 / 3);
  const all = compareReadings([on(blue)], [on(other)]);
  assertEquals(all.changedOther, undefined);
});
