/**
 * Log-likelihood by the probability-flow differential equation.
 * @module
 */
import {
  denoise,
  mixtureLogDensity,
  noisyMixture,
  type NormalMixture,
} from "./normal_mixture.ts";

/** What the equation carries along. */
interface State {
  readonly x: number;
  readonly divergence: number;
}

/** Between which noise, and in how many steps. */
export interface FlowOptions {
  /** Standard deviation of the noise at the data. */
  readonly from: number;
  /** Standard deviation of the noise at the end. */
  readonly to: number;
  /** Steps of Runge and Kutta's method, of order 4. */
  readonly steps: number;
  /** The law at the end: the exact marginal, or N(0, to^2), which has forgotten the data. */
  readonly end: "marginal" | "normal";
}

/**
 * Log density of a place under the data with noise `from`, by integrating to noise `to` and adding up the divergence.
 *
 * In u = log sigma: dx/du = sigma eps(x) = x - E[image | x], whose divergence is 1 - Var[image | x] / sigma^2.
 *
 * Source: Song et al. 2021b, eqs. 13 and 39, in the coordinates of Karras et al. 2022.
 *
 * @param mixture The data.
 * @param x The place.
 * @param options Noise and steps.
 * @returns Nats.
 */
export function flowLogDensity(
  mixture: NormalMixture,
  x: number,
  { from, to, steps, end }: FlowOptions,
): number {
  const slope = ({ x }: State, u: number): State => {
    const sigma = Math.exp(u);
    const { mean, variance } = denoise(mixture, x, {
      signal: 1,
      spread: sigma,
    });
    return { x: x - mean, divergence: 1 - variance / sigma ** 2 };
  };
  const h = Math.log(to / from) / steps;
  let state: State = { x, divergence: 0 };
  for (let i = 0; i < steps; i++) {
    const u = Math.log(from) + i * h;
    const first = slope(state, u);
    const second = slope(moved(state, first, h / 2), u + h / 2);
    const third = slope(moved(state, second, h / 2), u + h / 2);
    const fourth = slope(moved(state, third, h), u + h);
    state = moved(
      moved(state, first, h / 6),
      {
        x: 2 * second.x + 2 * third.x + fourth.x,
        divergence: 2 * second.divergence + 2 * third.divergence +
          fourth.divergence,
      },
      h / 6,
    );
  }
  const last = end === "marginal"
    ? noisyMixture(mixture, { signal: 1, spread: to })
    : { weights: [1], means: [0], deviations: [to] };
  return mixtureLogDensity(last, state.x) + state.divergence;
}

function moved(state: State, slope: State, h: number): State {
  return {
    x: state.x + h * slope.x,
    divergence: state.divergence + h * slope.divergence,
  };
}
