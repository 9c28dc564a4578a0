/**
 * The stage that trains a linear model whose bound, likelihood and posterior have closed forms.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { compile } from "../../compile/compile.ts";
import { FullNormal } from "../../models/distributions/full_normal.ts";
import {
  linearGaussianMarginal,
  type LinearGaussianModel,
  linearGaussianPosterior,
} from "../../models/distributions/linear_gaussian_posterior.ts";
import { lossAndGradients } from "../../models/gradients/loss_and_gradients.ts";
import { createLinearGaussian } from "../../models/linear_gaussian.ts";
import { adam } from "../../models/optimizers/adam.ts";
import { drawParameter } from "../measure/draw_parameter.ts";
