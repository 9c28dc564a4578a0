import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  axisEncoding,
  domainOf,
  isOnScale,
  logTicks,
} from "../../../pipelines/charts/axis_scale.ts";

Deno.test("isOnScale() has no place for zero on a logarithmic axis", () => {
  assertEquals([0, -1, 1, NaN].map((x) => isOnScale(x, "log")), [
    false,
    false,
    true,
    false,
  ]);
  assertEquals([0, -1, 1, Infinity].map((x) => isOnScale(x)), [
    true,
    true,
    true,
    false,
  ]);
});

Deno.test("domainOf() spans the values, with room at both ends", () => {
  assertEquals(domainOf([3, NaN, 1], "linear", 0.5), [0, 4]);
});

Deno.test("domainOf() widens a logarithmic axis by a factor", () => {
  const [low, high] = domainOf([1, 0, 100], "log", 0.5); // 100^0.5 = 10
  assertAlmostEquals(low, 0.1);
  assertAlmostEquals(high, 1000);
});

Deno.test("domainOf() puts a single value in the middle", () => {
  assertEquals(domainOf([0]), [-1, 1]);
  assertEquals(domainOf([-50]), [-55, -45]);
  assertEquals(domainOf([8], "log"), [4, 16]);
});

Deno.test("domainOf() refuses values without a place on the axis", () => {
  assertThrows(
    () => domainOf([0, -1], "log"),
    RangeError,
    "Expected a value that fits on a log axis but found none",
  );
});

Deno.test("logTicks() are powers of ten, with strides where there are many", () => {
  assertEquals(logTicks([0.02, 300]), [0.1, 1, 10, 100]);
  assertEquals(logTicks([1e-10, 10]), [1e-10, 1e-8, 1e-6, 1e-4, 1e-2, 1]);
});

Deno.test("logTicks() add 2 and 5 within few powers of ten", () => {
  assertEquals(logTicks([1.5, 60]), [2, 5, 10, 20, 50]);
});

Deno.test("axisEncoding() leaves the ticks of a short logarithmic axis to Vega", () => {
  assertEquals(logTicks([1.1, 1.9]), []);
  const { axis } = axisEncoding({ title: "x", scale: "log" }, [1.1, 1.9]);
  assertEquals(axis, { tickCount: 5 });
});

Deno.test("axisEncoding() labels distant powers with exponents, near ones in full", () => {
  const labels = (domain: readonly [number, number]) => {
    const { axis } = axisEncoding({ title: "x", scale: "log" }, domain);
    return "labelExpr" in axis ? axis.labelExpr : "";
  };
  assertEquals(
    labels([0.001, 1000]),
    '{"1":"1","10":"10","100":"100","1000":"1,000","0.001":"0.001","0.01":"0.01","0.1":"0.1"}[datum.value]',
  );
  assertEquals(
    labels([1.5e-6, 6e-6]),
    '{"0.000002":"2·10⁻⁶","0.000005":"5·10⁻⁶"}[datum.value]',
  );
});

Deno.test("axisEncoding() keeps ticks of layers whole", () => {
  const { axis } = axisEncoding({ title: "layer", whole: true }, [1, 2]);
  assertEquals(axis, { tickCount: 5, tickMinStep: 1 });
});
