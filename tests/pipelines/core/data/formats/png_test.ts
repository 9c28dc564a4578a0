import { assert, assertEquals, assertThrows } from "@std/assert";
import { parsePng } from "../../../../../pipelines/core/data/formats/png.ts";
import { greyPng, makePng, type Picture } from "./make_png.ts";

/** Files of 5 x 4 pixels that Pillow 13.0.0 wrote, and the grey values that its `convert("L")` gave, over black. */
const written: Readonly<Record<string, readonly [string, readonly number[]]>> =
  {
    grey: [
      "iVBORw0KGgoAAAANSUhEUgAAAAQAAAAFCAAAAABHxhIHAAAAIUlEQVR4nGNkkFXiZDQV42dgUZHjFWdhlOWVYLJkYZUHABV+AbkTUcI+AAAAAElFTkSuQmCC",
      [
        0,
        29,
        63,
        72,
        53,
        75,
        90,
        90,
        89,
        119,
        132,
        155,
        90,
        148,
        161,
        185,
        147,
        152,
        166,
        216,
      ],
    ],
    RGB: [
      "iVBORw0KGgoAAAANSUhEUgAAAAQAAAAFCAIAAADtz9qMAAAASUlEQVR4nGNUFudnY9KQE+GXNBRmkRUx+83+ndFM+S+LCAuvDqs6s+InHmkLcUYWVVZhGXkBQX6JH5JSLJzqhuySYiKyPArSSgBX9woGzyayCgAAAABJRU5ErkJggg==",
      [
        26,
        33,
        56,
        94,
        52,
        54,
        95,
        105,
        83,
        99,
        114,
        144,
        99,
        129,
        147,
        163,
        130,
        155,
        183,
        213,
      ],
    ],
    "grey and alpha": [
      "iVBORw0KGgoAAAANSUhEUgAAAAQAAAAFCAQAAADIpIVQAAAANUlEQVR4nGMUlRdnYdfWYGORZlJVFWSWVGKRN5H4xyAlzMoiqiAmJS7y5x+LCre6xBcFPT4AfWgHWrdTBLEAAAAASUVORK5CYII=",
      [
        3,
        6,
        16,
        30,
        6,
        24,
        32,
        59,
        26,
        35,
        47,
        70,
        46,
        73,
        98,
        95,
        68,
        115,
        127,
        175,
      ],
    ],
    "RGB and alpha": [
      "iVBORw0KGgoAAAANSUhEUgAAAAQAAAAFCAYAAABirU3bAAAAW0lEQVR4nAXBQQ9AIBgAUNpX2lSmlZQ01q01Lg7M//9POOC9clQIe6YSrAfo+m2A+j13pnRGFgbfkcKZnLha6wP7oBaWA/ZpWwgxtEciakVgqh7OgyV5jpIOLP/vUQtkB6YAVAAAAABJRU5ErkJggg==",
      [
        0,
        7,
        15,
        22,
        9,
        21,
        37,
        40,
        22,
        41,
        51,
        64,
        51,
        70,
        87,
        107,
        64,
        88,
        127,
        177,
      ],
    ],
    palette: [
      "iVBORw0KGgoAAAANSUhEUgAAAAQAAAAFCAMAAABVc73pAAAAPFBMVEW1tNuxtarBo6yYnpaBk5uGkoyOf4F7f4Fxb4JtfmtcanFpZHFiY0RAYFNXTVpLOlVLMTUlLjQaMiQeEhc9qNi/AAAAIUlEQVR4nGMQFhLgYRDk5+Ni4OVmZ2Pg5GBlZGBhZmIAAAxsAL/D+Ij0AAAAAElFTkSuQmCC",
      [
        22,
        41,
        57,
        95,
        44,
        66,
        81,
        103,
        85,
        103,
        126,
        132,
        119,
        114,
        142,
        179,
        143,
        155,
        173,
        185,
      ],
    ],
  };
for (const [name, [text, expected]] of Object.entries(written)) {
  Deno.test(`parsePng() reads Pillow's ${name}, to one step of rounding`, () => {
    const { rows, columns, pixels } = parsePng(
      Uint8Array.fromBase64(text),
      name,
    );
    assertEquals([rows, columns], [5, 4]);
    expected.forEach((grey, i) => assert(Math.abs(pixels[i]! - grey) <= 1));
  });
}

Deno.test("parsePng() undoes each filter", () => {
  // Rows of 2 pixels by filters 0 to 4: 10 20, then left, above, mean, Paeth.
  const filtered = [
    ...[0, 10, 20],
    ...[1, 5, 7], // 5, 5 + 7
    ...[2, 1, 250], // 5 + 1, 12 + 250 - 256
    ...[3, 1, 1], // 1 + 6 / 2, 1 + (4 + 6) / 2
    ...[4, 2, 3], // 4 + 2; left 6, above 6, corner 4: 6 + 6 - 4 = 8 is nearest to left
  ];
  const { pixels } = parsePng(makePng({ rows: 5, columns: 2, filtered }), "a");
  assertEquals([...pixels], [10, 20, 5, 12, 6, 6, 4, 6, 6, 9]);
});

const tiny: Picture = { rows: 1, columns: 2, filtered: [0, 1, 2] };
const sound = makePng(tiny);

const hostile: readonly (readonly [string, Uint8Array<ArrayBuffer>, string])[] =
  [
    ["no bytes", new Uint8Array(), "signature"],
    ["16 bits a sample", makePng({ ...tiny, depth: 16 }), "found 16"],
    ["one bit a pixel", makePng({ ...tiny, depth: 1 }), "found 1 of"],
    ["an unknown colour type", makePng({ ...tiny, colour: 5 }), "type 5"],
    ["interlacing", makePng({ ...tiny, interlaced: 1 }), "interlacing"],
    ["a palette that is missing", makePng({ ...tiny, colour: 3 }), "palette"],
    ["an unknown filter", makePng({ ...tiny, filtered: [5, 1, 2] }), "found 5"],
    ["too few pixels", makePng({ ...tiny, filtered: [0, 1] }), "found fewer"],
    ["too many", makePng({ ...tiny, filtered: [0, 1, 2, 3] }), "longer"],
    ["a changed byte", sound.with(45, sound[45]! ^ 1), "checksum differs"],
  ];
for (const [name, bytes, message] of hostile) {
  Deno.test(`parsePng() refuses ${name}`, () => {
    assertThrows(() => parsePng(bytes, "a.png"), SyntaxError, message);
  });
}

Deno.test("parsePng() refuses what is cut off at any byte", () => {
  for (let length = 0; length < sound.length; length++) {
    assertThrows(() => parsePng(sound.slice(0, length), "a.png"), SyntaxError);
  }
});

Deno.test("parsePng() refuses more pixels than it may read, before it makes room for them", () => {
  const vast = makePng({ ...tiny, rows: 2 ** 31, columns: 2 ** 31 });
  assertThrows(
    () => parsePng(vast, "a.png"),
    RangeError,
    "1 to 4194304 pixels",
  );
  const none = makePng({ ...tiny, rows: 0 });
  assertThrows(() => parsePng(none, "a.png"), RangeError, "found 0 x 2");
});

Deno.test("greyPng() and parsePng() are inverse", () => {
  const pixels = [0, 50, 100, 150, 200, 255];
  assertEquals([...parsePng(greyPng(2, 3, pixels), "a").pixels], pixels);
});
