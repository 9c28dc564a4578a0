import { assertThrows } from "@std/assert";
import { createParameters } from "../../../models/parameters/parameters.ts";
import { zeros } from "../../../models/parameters/initials.ts";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { sampleParameter } from "../../../pipelines/training/sample_parameter.ts";

for (
  const initial of [
    zeros,
    { kind: "normal", standardDeviation: 1 },
    { kind: "uniform", limit: 1 },
  ] as const
) {
  Deno.test(`a parameter that does not fit into memory is named, ${initial.kind}`, () => {
    const specs = {
      encoder: { weight: { shape: [2 ** 21, 2 ** 20], initial } },
    };
    assertThrows(
      () => createParameters(specs, sampleParameter(keyFrom(0))),
      RangeError,
      'Expected memory for the 2,199,023,255,552 numbers of "encoder/weight" [2097152, 1048576] but there is too little',
    );
  });
}
