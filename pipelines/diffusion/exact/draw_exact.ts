/**
 * The stage that draws diffusion of known data.
 * @module
 */
import { type Stage, stage } from "../../core/stage.ts";
import { lineChart, type LineSeries } from "../../charts/line_chart.ts";
import type { ExactDiffusion } from "./exact_entries.ts";

/** Draws signal and weights by timestep, the orders of samplers, the spread of random ones, and guidance. */
export const drawExact: Stage<{ readonly exact: ExactDiffusion }, object> =
  stage("draw", {
    needs: ["exact"],
    adds: {},
  }, async ({ exact }, { artifacts, path }) => {
    const task = path[0];
    const { timesteps, orders, laws, guidance } = exact;
    const along = (
      label: string,
      value: (point: typeof timesteps[number]) => number,
    ): LineSeries => ({
      label,
      points: timesteps.map((p) => ({ x: p.timestep, y: value(p) })),
    });
    await artifacts.figure(
      await lineChart({
        name: "signal",
        title: "Signal-to-noise ratio along the chain",
        subtitle: `${task}: schedules as published for 1,000 timesteps`,
        x: { title: "timestep", scale: "log" },
        y: { title: "log(signal-to-noise ratio)" },
        series: (["linear", "scaled-linear", "cosine"] as const).map((name) =>
          along(name, ({ logSnr }) => logSnr[name])
        ),
      }),
    );
    await artifacts.figure(
      await lineChart({
        name: "weights",
        title: "What an error of the image counts at each timestep",
        subtitle:
          `${task}: linear schedule, weight of the squared error of the image`,
        x: { title: "timestep", scale: "log" },
        y: { title: "weight", scale: "log" },
        series: Object.keys(timesteps[0]!.weights).map((name) => ({
          ...along(name, ({ weights }) => weights[name]!), // alike at each
          ...name.startsWith("min") ? { dash: "dotted" } : {},
        })),
      }),
    );
    await artifacts.figure(
      await lineChart({
        name: "consistency",
        title: "Consistency term of each timestep",
        subtitle: `${task}: normal data, linear schedule, smaller variance`,
        x: { title: "timestep", scale: "log" },
        y: { title: "nats", scale: "log" },
        series: [along("KL(q ‖ p)", ({ consistency }) => consistency)],
      }),
    );
    await artifacts.figure(
      await lineChart({
        name: "orders",
        title: "Error at the end of deterministic samplers",
        subtitle: `${task}: from noise 80 to 0.02, against the exact flow`,
        x: { title: "steps", scale: "log" },
        y: { title: "root mean square error", scale: "log" },
        series: orders.map(({ sampler, order, data, errors }) => ({
          label: `${sampler}: order ${order}`,
          panel: data,
          points: errors.map(({ steps, error }) => ({ x: steps, y: error })),
        })),
      }),
    );
    await artifacts.figure(
      await lineChart({
        name: "laws",
        title: "Spread of samples of normal data",
        subtitle: `${task}: exact, without sampling; trailing timesteps`,
        x: { title: "steps", scale: "log" },
        y: { title: "standard deviation" },
        series: laws.map(({ sampler, deviations }) => ({
          label: sampler,
          ...sampler.includes("smaller") ? { dash: "dotted" } : {}, // on the line of Euler's ancestral method
          points: deviations.map(({ steps, deviation }) => ({
            x: steps,
            y: deviation,
          })),
        })),
        rules: [{ y: 0.25, label: "data" }],
      }),
    );
    await artifacts.figure(
      await lineChart({
        name: "guidance",
        title: "Guidance shrinks the spread",
        subtitle: `${task}: N(0, 0.2²) within N(0, 1)`,
        x: { title: "guidance g" },
        y: { title: "standard deviation of guided samples", scale: "log" },
        series: [
          {
            label: "exact",
            points: guidance.map((p) => ({ x: p.guidance, y: p.exact })),
          },
          {
            label: "DPM-Solver++, 160 steps",
            dash: "dotted",
            points: guidance.map((p) => ({ x: p.guidance, y: p.sampled })),
          },
        ],
      }),
    );
    return {};
  });
