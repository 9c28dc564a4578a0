import { assertEquals, assertThrows } from "@std/assert";
import type { Json } from "../../../pipelines/core/context.ts";
import {
  count,
  type Field,
  list,
  oneOf,
  real,
  text,
  toggle,
} from "../../../pipelines/core/task/fields.ts";
import { UsageError } from "../../../pipelines/core/task/usage_error.ts";
import { alternativesOf } from "../../../pipelines/sweeps/alternatives.ts";

const latent = count(3, "dimensions", { max: 50 });
const seed = count(0, "of random numbers", { min: 0 });
const rate = real(0.1, "of learning", { min: 0 });
const loss = oneOf(["elbo", "iwae"], "to maximize");
const hidden = list([500], count(1, "units"));
const data = text("auto", "data");
const shuffle = toggle("draw a new order");

const read: readonly [Field<Json>, readonly string[], readonly Json[]][] = [
  [latent, ["3"], [3]],
  [latent, ["2,3,5"], [2, 3, 5]],
  [latent, ["2", "5,7"], [2, 5, 7]],
  [seed, ["0..4"], [0, 1, 2, 3, 4]],
  [seed, ["0..1,7,9..9"], [0, 1, 7, 9]],
  [rate, ["1e-3, 0.01"], [0.001, 0.01]],
  [loss, ["iwae,elbo"], ["iwae", "elbo"]],
  [hidden, ["500"], [[500]]],
  [hidden, ["500", "200,200"], [[500], [200, 200]]],
  [hidden, [""], [[]]],
  [data, ["mnist,digits"], ["mnist,digits"]], // a path may have a comma
  [data, ["mnist", "digits"], ["mnist", "digits"]],
  [shuffle, ["true", "false"], [true, false]],
];

for (const [field, texts, values] of read) {
  const written = JSON.stringify(texts);
  Deno.test(`alternativesOf() reads ${written} of ${field.help}`, () => {
    assertEquals(alternativesOf("flag", field, texts), values);
  });
}

const refused: readonly [Field<Json>, readonly string[], string][] = [
  [
    latent,
    ["2,0"],
    'Cannot read --flag: Expected a whole number from 1 to 50 but found "0"',
  ],
  [latent, ["49..51"], 'Expected a whole number from 1 to 50 but found "51"'],
  [latent, ["2,,3"], 'from 1 to 50 but found ""'],
  [latent, ["2,2"], "Expected each --flag once but found 2 twice"],
  [latent, ["1..3", "03"], "Expected each --flag once but found 3 twice"],
  [
    seed,
    ["4..0"],
    "Expected --flag to have the lower end of a range first but found 4..0",
  ],
  [seed, ["0..1000"], "Expected at most 1000 cases but found --flag 0..1000"],
  [seed, ["0..9007199254740993"], "Expected at most 1000 cases"],
  [rate, ["0..2"], 'Expected a number of at least 0 but found "0..2"'],
  [loss, ["iwae,elob"], 'did you mean "elbo"?'],
  [
    hidden,
    ["500,1..2"],
    'Expected a whole number of at least 1 but found "1..2"',
  ],
  [hidden, ["20", "20"], "Expected each --flag once but found [20] twice"],
  [shuffle, ["true", "true"], "found true twice"],
];

for (const [field, texts, reason] of refused) {
  const written = JSON.stringify(texts);
  Deno.test(`alternativesOf() refuses ${written} of ${field.help}`, () => {
    assertThrows(
      () => alternativesOf("flag", field, texts),
      UsageError,
      reason,
    );
  });
}

Deno.test("alternativesOf() takes a range of 1,000 values", () => {
  assertEquals(alternativesOf("seed", seed, ["0..999"]).length, 1000);
});
