/**
 * Samples of games on the ring, side by side.
 * @module
 */
import type { TopLevelSpec } from "vega-lite";
import { axisEncoding } from "../../charts/axis_scale.ts";
import { drawPlot } from "../../charts/render_plot.ts";
import { headingOf, okabeIto, panelTitle } from "../../charts/theme.ts";
import type { FigureFiles, RunContext } from "../../core/context.ts";
import { gamesOf, kindsOf, type RingRun } from "./mode_study.ts";
import { remedy, ringStrength } from "./remedies.ts";
import { MODES, ringCentre } from "./ring.ts";

/** Samples drawn of each game. */
const DRAWN = 400;
/** The ends of both axes. */
const ENDS = [-2.8, 2.8] as const;
/** Side of a panel, in pixels. */
const SIDE = 130;

/** Draws the samples of the first game of each kind over the centres of the ring; none is chosen. */
export function drawRing(
  runs: readonly RingRun[],
  { path }: RunContext,
): Promise<FigureFiles> {
  const kinds = kindsOf(runs);
  const centres = Array.from({ length: MODES }, (_, mode) => {
    const [x, y] = ringCentre(mode);
    return { x, y };
  });
  const place = (name: "x" | "y") => ({
    ...axisEncoding({ title: "", domain: ENDS }, ENDS, null),
    field: name,
  });
  const encoding = { x: place("x"), y: place("y") };
  const [blue, orange] = okabeIto;
  const spec: TopLevelSpec = {
    title: headingOf({
      title: "Samples at the end of the first game of each kind",
      subtitle: `${
        path[0]
      }: ${DRAWN} samples of each, over circles at the eight centres`,
    }),
    spacing: 16,
    hconcat: kinds.map((kind) => {
      const [first] = gamesOf(runs, kind);
      return {
        width: SIDE,
        height: SIDE,
        title: panelTitle(remedy(kind, ringStrength).title),
        encoding,
        layer: [{
          data: { values: centres },
          mark: { type: "point", size: 120, color: orange!, strokeWidth: 1.2 },
        }, {
          data: { values: pointsOf(first?.points ?? new Float32Array()) },
          mark: {
            type: "circle",
            size: 7,
            opacity: 0.5,
            color: blue!,
            clip: true,
          },
        }],
      };
    }),
  };
  return drawPlot("ring_samples", spec);
}

function pointsOf(points: Float32Array): { x: number; y: number }[] {
  const count = Math.min(DRAWN, points.length / 2);
  return Array.from({ length: count }, (_, i) => ({
    x: Number(points[2 * i]!.toFixed(3)),
    y: Number(points[2 * i + 1]!.toFixed(3)),
  }));
}
