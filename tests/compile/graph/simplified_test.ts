import { assertEquals } from "@std/assert";
import {
  add,
  divide,
  multiply,
  negate,
  subtract,
} from "../../../compile/graph/arithmetic.ts";
import { cast, not, where } from "../../../compile/graph/elementwise.ts";
import { expand, reshape, transpose } from "../../../compile/graph/layout.ts";
import { reduce } from "../../../compile/graph/reduction.ts";
import type { Value } from "../../../compile/graph/value.ts";
import { type Makings, makings } from "./makings.ts";
import { spell } from "./spell.ts";

type Case = (made: Makings) => Value;

const small = 2 ** -100;

const sums: Readonly<Record<string, Case>> = {
  "x": ({ graph, x, n }) => add(graph, x, n(0)),
  "Add(x, y)": ({ graph, x, y }) => add(graph, x, y),
  "Sub(x, y)": ({ graph, x, y }) => add(graph, x, negate(graph, y)),
  "Sub(y, x)": ({ graph, x, y }) => add(graph, negate(graph, x), y),
  "Mul(Add(x, y), 2)": ({ graph, x, y, n }) =>
    add(graph, multiply(graph, x, n(2)), multiply(graph, y, n(2))),
  "Mul(Sub(x, y), 2)": ({ graph, x, y, n }) =>
    add(graph, multiply(graph, x, n(2)), multiply(graph, y, n(-2))),
  "Mul(Add(x, y), 3)": ({ graph, x, y, n }) =>
    subtract(graph, multiply(graph, x, n(3)), multiply(graph, y, n(-3))),
  "Mul(Sub(x, y), 3)": ({ graph, x, y, n }) =>
    subtract(graph, multiply(graph, x, n(3)), multiply(graph, y, n(3))),
  "Mul(Add(x, y), 1.5)": ({ graph, x, y, n }) =>
    add(graph, multiply(graph, x, n(1.5)), multiply(graph, y, n(1.5))),
  "Add(Mul(x, 0.5), Mul(y, 0.5))": ({ graph, x, y, n }) =>
    // the sum may be infinite
    add(graph, multiply(graph, x, n(0.5)), multiply(graph, y, n(0.5))),
  "Add(Mul(x, 2), Mul(y, 3))": ({ graph, x, y, n }) =>
    add(graph, multiply(graph, x, n(2)), multiply(graph, y, n(3))),
  "Neg(x)": ({ graph, x, n }) => subtract(graph, n(0), x),
  "Sub(x, Mul(y, -2))": ({ graph, x, y, n }) =>
    subtract(graph, x, multiply(graph, multiply(graph, y, n(2)), n(-1))),
  "Expand(x, [4,2,3])": ({ graph, x, n }) => add(graph, n(0, [4, 2, 3]), x),
  "5": ({ graph, n }) => add(graph, n(2), n(3)),
  "-1": ({ graph, n }) => subtract(graph, n(2), n(3)),
};

const products: Readonly<Record<string, Case>> = {
  "Mul(x, 6)": ({ graph, x, n }) =>
    multiply(graph, multiply(graph, x, n(2)), n(3)),
  "Mul(x, 8)": ({ graph, x, n }) =>
    multiply(graph, n(4), multiply(graph, n(2), x)),
  "Mul(x, -2)": ({ graph, x, n }) => multiply(graph, negate(graph, x), n(2)),
  "Mul(x, -5)": ({ graph, x, n }) => negate(graph, multiply(graph, x, n(5))),
  "Neg(Mul(x, s))": ({ graph, x, s }) => negate(graph, multiply(graph, x, s)),
  "Sub(y, x)": ({ graph, x, y }) => negate(graph, subtract(graph, x, y)),
  "x": ({ graph, x }) => negate(graph, negate(graph, x)),
  "Neg(x)": ({ graph, x, n }) => multiply(graph, n(-1), x),
  "Expand(Neg(x), [4,2,3])": ({ graph, x, n }) =>
    multiply(graph, x, n(-1, [4, 2, 3])),
  "Expand(x, [4,2,3])": ({ graph, x, n }) =>
    multiply(graph, n(1, [4, 2, 3]), x),
  "Reshape(Mul(x, 6), [1,2,3])": ({ graph, x, n }) =>
    multiply(graph, multiply(graph, x, n(2)), n(3, [1, 1, 1])),
  "Mul(x, 2)": ({ graph, x, n }) =>
    multiply(graph, divide(graph, x, n(3)), n(6)),
  "Mul(x, 4)": ({ graph, x, n }) =>
    divide(graph, multiply(graph, x, n(12)), n(3)),
  "Mul(x, 0.25)": ({ graph, x, n }) => divide(graph, x, n(4)),
  "Mul(x, -0.5)": ({ graph, x, n }) => divide(graph, x, n(-2)),
  "Div(x, 3)": ({ graph, x, n }) => divide(graph, x, n(3)),
  [`Div(x, ${2 ** 127})`]: ({ graph, x, n }) => divide(graph, x, n(2 ** 127)), // 2^-127 has fewer digits
  [`Mul(x, ${2 ** -126})`]: ({ graph, x, n }) => divide(graph, x, n(2 ** 126)),
  [`Mul(Mul(x, ${small}), ${small})`]: ({ graph, x, n }) =>
    multiply(graph, multiply(graph, x, n(small)), n(small)),
  "Mul(x, 0)": ({ graph, x, n }) =>
    multiply(graph, multiply(graph, x, n(0)), n(7)),
  "Mul(Mul(x, s), 2)": ({ graph, x, s, n }) =>
    multiply(graph, multiply(graph, x, s), n(2)),
  "Mul(Mul(i, 2), 3)": ({ graph, i }) =>
    multiply(
      graph,
      multiply(graph, i, graph.splat(2, [], "int32")),
      graph.splat(3, [], "int32"),
    ),
  "And(p, q)": ({ graph, p, q }) => multiply(graph, p, q),
  "6": ({ graph, n }) => multiply(graph, n(2), n(3)),
  "0.5": ({ graph, n }) => divide(graph, n(2), n(4)),
};

const layouts: Readonly<Record<string, Case>> = {
  "x": ({ graph, x }) => reshape(graph, reshape(graph, x, [6]), [2, 3]),
  "Reshape(x, [3,2])": ({ graph, x }) =>
    reshape(graph, reshape(graph, x, [6]), [3, 2]),
  "[]": ({ graph }) =>
    reshape(graph, graph.placeholder("none", [0, 2], "float32"), [0, 5]),
  "Transpose(x)": ({ graph, x }) => transpose(graph, x, [1, 0]),
  "y": ({ graph, y }) => transpose(graph, transpose(graph, y, [1, 0]), [1, 0]),
  "Reshape(one, [1,2,3])": ({ graph }) =>
    transpose(graph, graph.placeholder("one", [2, 1, 3], "float32"), [1, 0, 2]),
  "Transpose(one)": ({ graph }) =>
    transpose(graph, graph.placeholder("one", [2, 1, 3], "float32"), [2, 1, 0]),
  "Expand(row, [2,3])": ({ graph, row }) => expand(graph, row, [2, 3]),
  "Expand(row, [4,2,3])": ({ graph, row }) =>
    expand(graph, expand(graph, row, [2, 3]), [4, 2, 3]),
  "Reshape(x, [1,2,3])": ({ graph, x }) => expand(graph, x, [1, 2, 3]),
  "Expand(Reshape(s, [1,1]), [2,3])": ({ graph, s }) =>
    reshape(graph, expand(graph, s, [6]), [2, 3]),
  "Reshape(Expand(row, [2,3]), [6])": ({ graph, row }) =>
    reshape(graph, expand(graph, row, [2, 3]), [6]),
  "Reshape(ReduceMax(x, [1]), [1,2])": ({ graph, x }) =>
    reshape(graph, reduce(graph, "ReduceMax", x, [1], "drop"), [1, 2]),
};

const choices: Readonly<Record<string, Case>> = {
  "Add(column, Reshape(s, [1,1]))": ({ graph, column, s }) =>
    add(graph, column, s),
  "Sub(Reshape(s, [1,1]), column)": ({ graph, column, s }) =>
    subtract(graph, s, column),
  "Add(x, s)": ({ graph, x, s }) => add(graph, x, s),
  "Expand(Add(row, s), [2,3])": ({ graph, row, s }) =>
    add(graph, expand(graph, row, [2, 3]), s),
  "x": ({ graph, x, y }) => where(graph, graph.splat(1, [], "bool"), x, y),
  "y": ({ graph, x, y }) => where(graph, graph.splat(0, [], "bool"), x, y),
  "Expand(x, [4,2,3])": ({ graph, x, n }) =>
    where(graph, graph.splat(1, [4, 1, 1], "bool"), x, n(0)),
  "Cast(Where(p, Cast(p), Cast(q)))": ({ graph, p, q }) =>
    where(graph, p, p, q),
  "i": ({ graph, i }) => cast(graph, cast(graph, i, "int64"), "int32"),
  "Cast(p)": ({ graph, p }) => cast(graph, cast(graph, p, "float32"), "int32"),
  "Cast(u)": ({ graph, u }) => cast(graph, cast(graph, u, "int32"), "float32"),
  "Cast(Cast(u))": ({ graph, u }) =>
    cast(graph, cast(graph, u, "bool"), "float32"),
  "Cast(i)": ({ graph, i }) => cast(graph, cast(graph, i, "int64"), "float32"),
  "Cast(Cast(i))": ({ graph, i }) =>
    cast(graph, cast(graph, i, "float32"), "int32"),
  "Cast(Cast(x))": ({ graph, x }) =>
    cast(graph, cast(graph, x, "int32"), "float32"),
  "p": ({ graph, p }) => not(graph, not(graph, p)),
  "-1": ({ graph, n }) => cast(graph, n(-1.75), "int32"),
  "1": ({ graph, n }) => cast(graph, n(0.25), "bool"),
  "0": ({ graph, n }) => cast(graph, n(0), "bool"),
  "[1,-2]": ({ graph }) =>
    cast(graph, graph.constant([1.5, -2.5], [2], "float32"), "int32"),
  "[1,0]": ({ graph }) =>
    cast(graph, graph.constant([1.5, 0], [2], "float32"), "bool"),
};

const reductions: Readonly<Record<string, Case>> = {
  "Mul(ReduceSum(x, [1]), 2)": ({ graph, x, n }) =>
    reduce(graph, "ReduceSum", multiply(graph, x, n(2)), [1], "drop"),
  "Mul(ReduceSum(x, [1]), 1.5)": ({ graph, x, n }) =>
    reduce(graph, "ReduceSum", multiply(graph, x, n(1.5)), [1], "drop"),
  "ReduceSum(Mul(x, 0.5), [1])": ({ graph, x, n }) =>
    // the sum may be infinite
    reduce(graph, "ReduceSum", multiply(graph, x, n(0.5)), [1], "drop"),
  "ReduceMax(Mul(x, 2), [1])": ({ graph, x, n }) =>
    reduce(graph, "ReduceMax", multiply(graph, x, n(2)), [1], "drop"),
  "Reshape(row, [3])": ({ graph, row }) =>
    reduce(graph, "ReduceSum", row, [0], "drop"),
  "Cast(ReduceSum(Cast(i), [1]))": ({ graph, i }) =>
    reduce(graph, "ReduceSum", i, [1], "drop"),
  "0": ({ graph }) =>
    reduce(
      graph,
      "ReduceSum",
      graph.placeholder("none", [2, 0], "float32"),
      [1],
      "drop",
    ),
};

const tables = { sums, products, layouts, choices, reductions };

for (const [kind, cases] of Object.entries(tables)) {
  Deno.test(`graphs are as short as they can be without losing digits: ${kind}`, () => {
    for (const [expected, make] of Object.entries(cases)) {
      assertEquals(spell(make(makings())), expected);
    }
  });
}
