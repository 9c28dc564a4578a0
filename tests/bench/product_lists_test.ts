import type * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import type { GanSizes } from "../../bench/work/gan.ts";
import { vaeProblem } from "../../bench/work/image_models.ts";
import {
  decoderProducts,
  flops,
  ganProducts,
  shapeOf,
  transformerProducts,
  vaeProducts,
} from "../../bench/work/product_lists.ts";
import { translatorProblem } from "../../bench/work/generative_models.ts";
import { translatorProducts } from "../../bench/work/translator_products.ts";
import type { Problem } from "../../bench/work/training.ts";
import { transformerProblem } from "../../bench/work/transformer.ts";
import { nodesInOrder } from "../../compile/graph/order.ts";
import { elementCount } from "../../compile/graph/shape.ts";
import type { GraphNode } from "../../compile/graph/value.ts";
import { stepOutputs } from "../../compile/run/step_outputs.ts";
import type { StepFunction } from "../../compile/step_function.ts";
import { trace } from "../../compile/trace/trace.ts";
import type { InputSpecs } from "../../compile/types.ts";
import {
  updateDiscriminator,
  updateGenerator,
} from "../../models/adversarial/adversarial_updates.ts";
import { crossEntropy } from "../../models/adversarial/objective.ts";
import { valueAndGradients } from "../../models/gradients/value_and_gradients.ts";
import { sgd } from "../../models/optimizers/sgd.ts";
import { createVae } from "../../models/vae.ts";
import { keyFrom } from "../../pipelines/core/random/key.ts";
import { perceptrons } from "../../pipelines/gan/build_players.ts";
import { sampleParameter } from "../../pipelines/training/sample_parameter.ts";

const PRODUCTS = new Set(["Gemm", "MatMul", "FusedMatMul"]);

/** Multiplications and additions in the products of a compiled function; those with known numbers are sums of rows. */
function compiledFlops(fn: StepFunction, inputs: InputSpecs): number {
  const traced = trace(fn, { inputs, tables: {}, outputs: {} }, "cpu");
  return nodesInOrder(stepOutputs(traced, "cpu").values())
    .filter(({ op, inputs: [left, right] }) =>
      PRODUCTS.has(op) &&
      [left!, right!].every(({ kind }) =>
        kind === "result" || kind === "placeholder"
      )
    )
    .reduce((sum, node) => sum + flopsOf(node), 0);
}

function flopsOf({ inputs, attributes, results }: GraphNode): number {
  const isTransposed = attributes["transA"] === 1;
  const depth = inputs[0]!.shape.at(isTransposed ? -2 : -1)!; // of a product
  return 2 * depth * elementCount(results[0]!.shape); // of one result
}

/** The loss of a problem and its gradients. */
function stepOf({ loss, variables }: Problem): StepFunction {
  return (fed) => {
    const step = valueAndGradients(() => loss(fed), variables);
    return { loss: step.value, ...step.gradients };
  };
}

Deno.test("flops() counts rows, columns, depth and stacks, and what is transposed", () => {
  const matrix = (...shape: readonly number[]) => ({ shape });
  const plain = { left: matrix(2, 3), right: matrix(3, 5) };
  const left = { ...plain, left: matrix(3, 2), transposed: "left" } as const;
  const right = { ...plain, right: matrix(5, 3), transposed: "right" } as const;
  const stack = { left: matrix(7, 2, 3), right: matrix(7, 3, 5) };
  assertEquals([plain, left, right].map(shapeOf), Array(3).fill([2, 5]));
  assertEquals(shapeOf(stack), [7, 2, 5]);
  assertEquals(
    [[plain], [left], [right], [stack], [plain, stack], []].map(flops),
    [60, 60, 60, 420, 480, 0],
  );
});

Deno.test("the products of a VAE's update are those that it compiles to", () => {
  const sizes = { pixels: 12, hidden: 10, latent: 4, batch: 6 };
  const problem = vaeProblem(sizes);
  assertEquals(
    flops(vaeProducts(sizes)),
    compiledFlops(stepOf(problem), problem.feeds),
  );
});

Deno.test("the products of a transformer's update are those that it compiles to, but for scattered and weighed rows", () => {
  const sizes = { layers: 2, width: 8, heads: 2, feedForward: 12 };
  const text = { batch: 3, length: 5, vocabulary: 7 };
  const problem = transformerProblem(sizes, text);
  const vectors = text.batch * text.length;
  const embedding = 2 * text.vocabulary * vectors * sizes.width; // its gradient, by a matrix of zeros and ones
  const norm = 2 * (2 * vectors * sizes.width); // its gradient has two sums of rows, weighed by its scale
  const others = embedding + (2 * sizes.layers + 1) * norm;
  assertEquals(
    flops(transformerProducts(sizes, text)) + others,
    compiledFlops(stepOf(problem), problem.feeds),
  );
});

Deno.test("the products of a translator's update are those that it compiles to, but for scattered rows and first states", () => {
  const sizes = {
    batch: 3,
    length: 4,
    vocabulary: { source: 7, target: 9 },
    embedding: 5,
    units: 6,
  };
  const problem = translatorProblem(sizes);
  const { batch, length, vocabulary, embedding, units } = sizes;
  const words = vocabulary.source + vocabulary.target;
  const embeddings = 2 * words * batch * length * embedding; // their gradients, by matrices of zeros and ones
  const first = 2 * (2 * batch * units * 3 * units); // zeros, in the gradients of both directions' weights
  assertEquals(
    flops(translatorProducts(sizes)) + embeddings + first,
    compiledFlops(stepOf(problem), problem.feeds),
  );
});

Deno.test("the products of both players' updates are those that they compile to", () => {
  const sizes: GanSizes = {
    batch: 4,
    pixels: 12,
    latent: 3,
    generatorHidden: [5, 6],
    discriminatorHidden: [8, 7],
  };
  const { batch, pixels, latent } = sizes;
  using players = perceptrons(pixels, sizes, keyFrom(0));
  using generator = sgd(players.generator.variables);
  using discriminator = sgd(players.discriminator.variables);
  const game = {
    ...players,
    objective: crossEntropy(),
    optimizers: { generator, discriminator },
  };
  const turn: StepFunction = (fed) => {
    const real = fed["real"] as tf.Tensor2D; // declared below, as are the others
    const noise = fed["noise"] as tf.Tensor2D;
    const learningRate = fed["learningRate"]!;
    const first = updateDiscriminator(game, { real, noise, learningRate });
    const second = updateGenerator(game, { noise, learningRate });
    return { first: first.loss, second: second.loss };
  };
  const inputs = {
    real: { shape: [batch, pixels] },
    noise: { shape: [batch, latent] },
    learningRate: { shape: [] },
  };
  assertEquals(flops(ganProducts(sizes)), compiledFlops(turn, inputs));
});

Deno.test("the products of a decoder are those that it compiles to", () => {
  const sizes = { pixels: 12, hidden: 10, latent: 4 };
  using vae = createVae(sizes, sampleParameter(keyFrom(0)));
  const decode: StepFunction = ({ z }) => ({ logits: vae.decode(z!).logits });
  assertEquals(
    flops(decoderProducts(sizes, 6)),
    compiledFlops(decode, { z: { shape: [6, sizes.latent] } }),
  );
});
