import { assertEquals, assertNotEquals } from "@std/assert";
import { followOrigins } from "../../../../pipelines/core/cache/origins.ts";

/** What holds variables, as far as origins can see: somebody must free it. */
const model = () => ({ run: () => 0, [Symbol.dispose]: () => {} });

/** What has functions, and nothing to free. */
const images = () => ({ redraw: () => 0 });

Deno.test("digest() goes by content, whatever the order of names", () => {
  const { digest } = followOrigins();
  const value = () => ({ a: [1, "1", true, null, undefined], b: { c: -0 } });
  assertEquals(digest(value()), digest(value()));
  assertEquals(digest({ a: 1, b: 2 }), digest({ b: 2, a: 1 }));
  const others = [
    [1, "1"],
    [0, -0],
    [[1, 2], [12]],
    [["a", "b"], ["a,b"]],
    [{ a: "b" }, { b: "a" }],
    [[], {}],
    [null, undefined],
    [NaN, "NaN"],
    [new Float32Array([1, 2]), new Float32Array([1, 3])],
    [new Float32Array(1), new Int32Array(1)],
    [new Float32Array(1), new Uint8Array(4)],
  ];
  for (const [first, second] of others) {
    assertNotEquals(digest(first), digest(second), JSON.stringify(first));
  }
});

Deno.test("digest() knows nothing of values that no stage has made", () => {
  const { digest } = followOrigins();
  assertEquals(digest(model()), undefined);
  assertEquals(digest(() => 0), undefined);
  assertEquals(digest({ a: [new Map()] }), undefined);
  assertEquals(digest(Symbol.iterator), undefined);
});

Deno.test("digest() of a model is that of the stage that made it, and of what that read", () => {
  const of = (by: string) => {
    const origins = followOrigins();
    const made = { model: model(), other: model() };
    origins.learn(by, [], made);
    return [origins.digest(made.model), origins.digest(made.other)];
  };
  assertEquals(of("a"), of("a"));
  assertNotEquals(of("a")[0], of("b")[0]);
  assertNotEquals(of("a")[0], of("a")[1]); // two models of one stage
});

Deno.test("a stage that reads a model changes its digest, and that of all that may share its variables", () => {
  const { digest, learn } = followOrigins();
  const [first, second] = [model(), model()];
  const sampler = () => 0; // made from the first: it may read its variables
  learn("build", [], { first });
  learn("other", [], { second });
  learn("wrap", [first], { sampler });
  const before = [first, sampler, second].map(digest);
  learn("train", [first], {});
  const after = [first, sampler, second].map(digest);
  assertNotEquals(after[0], before[0]);
  assertNotEquals(after[1], before[1]);
  assertEquals(after[2], before[2]);
});

Deno.test("a stage that reads what has nothing to free leaves its digest", () => {
  const { digest, learn } = followOrigins();
  const made = images();
  learn("load", [], { made });
  const before = digest(made);
  const [first, second] = [model(), model()];
  learn("build", [made], { first });
  learn("train", [first, made], {});
  learn("build", [made], { second });
  assertEquals(digest(made), before);
  assertNotEquals(digest(first), digest(second)); // one of them was trained
});

Deno.test("a stage that has read something unknown makes unknown models", () => {
  const { digest, learn } = followOrigins();
  const [first, second] = [model(), model()];
  learn(undefined, [], { first });
  assertEquals(digest(first), undefined);
  learn("build", [], { second });
  learn(undefined, [second], {});
  assertEquals(digest(second), undefined);
});
