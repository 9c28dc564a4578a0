/**
 * The stage that draws learned densities of the plane.
 * @module
 */
import { heatmap } from "../../charts/heatmap.ts";
import { lineChart } from "../../charts/line_chart.ts";
import { planeChart } from "../../charts/plane_chart.ts";
import type { RunContext } from "../../core/context.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { LINE_POINTS, VIEW_CELLS } from "./plane_grids.ts";
import type { PlaneCase } from "./plane_case.ts";
import { planeTargets } from "./plane_targets.ts";

/** Draws densities, samples and carried grids of each case, and the divergences over training. */
export const drawPlane: Stage<
  { readonly planeCases: readonly PlaneCase[] },
  object
> = stage("draw-plane", {
  needs: ["planeCases"],
  adds: {},
}, async ({ planeCases }, context) => {
  if (planeCases.length === 0) return {};
  for (const one of planeCases) await drawCase(one, context);
  await context.artifacts.figure(
    await lineChart({
      name: "kl",
      title: "Divergence of the learned density from the true one",
      subtitle: `${context.path[0]}; on points that are not learned from`,
      x: { title: "weight updates", scale: "log" },
      y: { title: "KL(p || q), nats", scale: "log" },
      series: planeCases.map(({ target, history }) => ({
        label: target,
        points: history,
      })),
    }),
  );
  return {};
});

async function drawCase(one: PlaneCase, context: RunContext): Promise<void> {
  const { target, densities, points, grids } = one;
  const { view } = planeTargets[target];
  const subtitle = `${context.path[0]}, ${target}`;
  const side = (title: string, range: readonly [number, number]) => ({
    title,
    range,
    cells: VIEW_CELLS,
  });
  await context.artifacts.figure(
    await heatmap({
      name: `${target}_density`,
      title: "A density, and what a flow learned of it",
      subtitle: `${subtitle}; KL ${one.kl.mean.toPrecision(2)} nats`,
      valueTitle: "density",
      panels: densities.map((values, i) => ({
        title: ["true", "learned"][i]!, // two
        x: side("x₁", view.x),
        y: side("x₂", view.y),
        values,
      })),
    }),
  );
  await context.artifacts.figure(
    await planeChart({
      name: `${target}_samples`,
      title: "Points of a density, and samples of the flow that learned it",
      subtitle,
      columns: 2,
      view,
      panels: points.map((values, i) => ({
        title: ["true", "learned"][i]!, // two
        layers: [{ kind: "points", points: values, color: i }],
      })),
    }),
  );
  await context.artifacts.figure(
    await planeChart({
      name: `${target}_layers`,
      title: "The grid of the latents, carried by each coupling to the data",
      subtitle: `${subtitle}; blue and orange: lines of equal z₁ and z₂`,
      columns: 3,
      view,
      panels: grids.map((lines, i) => ({
        title: i === 0
          ? "latents"
          : i === grids.length - 1
          ? `after ${i}: data`
          : `after ${i}`,
        layers: [0, 1].map((half) => ({
          kind: "curves",
          points: lines.subarray(
            half * lines.length / 2,
            (half + 1) * lines.length / 2,
          ),
          pointsOfCurve: LINE_POINTS,
          color: half,
        })),
      })),
    }),
  );
}
