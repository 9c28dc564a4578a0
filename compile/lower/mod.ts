/**
 * All rules, and how one is found.
 * @module
 */
import { CompileError } from "../compile_error.ts";
import { arithmeticRules } from "./arithmetic.ts";
import { activationRules } from "./activation.ts";
import { convolutionRules } from "./convolution.ts";
import { countingRules } from "./sparse/counting.ts";
import { cumulativeRules } from "./cumulative.ts";
import { depthwiseRules } from "./depthwise.ts";
import { diagonalRules } from "./sparse/diagonal.ts";
import { gatherRules } from "./gather.ts";
import { blockRules } from "./image/blocks.ts";
import { resizeRules } from "./image/resize.ts";
import { responseRules } from "./image/response.ts";
import { volumeRules } from "./image/volume.ts";
import { volumePoolRules } from "./image/volume_pool.ts";
import { logarithmRules } from "./logarithm.ts";
import { logicRules } from "./logic.ts";
import { mathRules } from "./math.ts";
import { normalizeRules } from "./normalize.ts";
import { poolRules } from "./pool.ts";
import { productRules } from "./product.ts";
import { reduceRules } from "./reduce.ts";
import type { Rule, Rules, Target } from "./rule.ts";
import { scatterRules } from "./scatter.ts";
import { shapeRules } from "./shape.ts";
import { sliceRules } from "./slice.ts";
import { sortRules } from "./sort.ts";

const RULES: Rules = {
  ...arithmeticRules,
  ...activationRules,
  ...blockRules,
  ...convolutionRules,
  ...countingRules,
  ...cumulativeRules,
  ...depthwiseRules,
  ...diagonalRules,
  ...gatherRules,
  ...logarithmRules,
  ...logicRules,
  ...mathRules,
  ...normalizeRules,
  ...poolRules,
  ...productRules,
  ...reduceRules,
  ...resizeRules,
  ...responseRules,
  ...scatterRules,
  ...shapeRules,
  ...sliceRules,
  ...sortRules,
  ...volumeRules,
  ...volumePoolRules,
};

/** Kernels that have a rule. */
export const LOWERED_KERNELS: readonly string[] = Object.keys(RULES);

/**
 * Finds the rule for a kernel.
 *
 * @throws {CompileError} If there is none for the target.
 */
export function findRule(kernel: string, target: Target): Rule {
  const rules = [RULES[kernel] ?? []].flat();
  const found = rules.find(({ targets }) => targets.includes(target));
  if (found) return found;
  const remedy = rules.length > 0
    ? `it runs on ${rules.flatMap(({ targets }) => targets).join(", ")} only`
    : 'write it with other operations, or use device "tfjs"';
  throw new CompileError(
    `Cannot compile ${kernel} for ${target}: ${remedy}`,
  );
}

/**
 * Refuses kernels that draw random numbers.
 *
 * @throws {CompileError} If the kernel is one.
 */
export function checkDeterministic(kernel: string): void {
  if (kernel !== "Multinomial") return; // the others draw in JavaScript
  throw new CompileError(
    `Cannot compile ${kernel}, which draws random numbers: draw them outside and pass them as an input`,
  );
}
