/**
 * The part of the page's program for drawing a digit.
 * @module
 */

/** A canvas to draw on by pointer or by keys; what is drawn is encoded, and its posterior mean is shown. */
export const penScript = `
const ink = new Float64Array(rows * columns);
const pen = { x: columns / 2, y: rows / 2 };
const thickness = columns / 25;
function dot(x, y) {
  const under = [Math.min(rows - 1, Math.floor(y)), Math.min(columns - 1, Math.floor(x))];
  ink[under[0] * columns + under[1]] = 1; // also where pixels are wider than the pen
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (Math.hypot(column + 0.5 - x, row + 0.5 - y) < thickness) ink[row * columns + column] = 1;
    }
  }
}
function showInk() {
  const context = contextOf("pen");
  paint(context, ink, data, 0, 0);
  if (document.activeElement !== context.canvas) return;
  context.fillStyle = "#d55e00";
  context.fillRect(Math.floor(pen.x), Math.floor(pen.y), 1, 1);
}
function encodeInk() {
  showInk();
  if (!ink.includes(1)) return;
  const { mean, logVariance } = encode(ink);
  const nats = mean.reduce((sum, m, i) =>
    sum + (m * m + Math.exp(logVariance[i]) - 1 - logVariance[i]) / 2, 0);
  element("drawn").textContent = "KL of the posterior from the prior: " + nats.toFixed(1) + " nats";
  z.set(mean);
  show();
}
onDrag(element("pen"), (x, y, isFirst) => {
  const [toX, toY] = [x * columns, y * rows];
  const steps = isFirst ? 0 : Math.ceil(2 * Math.hypot(toX - pen.x, toY - pen.y));
  for (let i = 1; i < steps; i++) dot(pen.x + (toX - pen.x) * i / steps, pen.y + (toY - pen.y) * i / steps);
  dot(toX, toY);
  Object.assign(pen, { x: toX, y: toY });
  encodeInk();
});
onArrow(element("pen"), (right, above) => {
  pen.x = clip(pen.x + right, columns - 0.5);
  pen.y = clip(pen.y - above, rows - 0.5);
  showInk();
});
element("pen").addEventListener("keydown", (event) => {
  if (event.key !== " ") return;
  event.preventDefault();
  dot(pen.x, pen.y);
  encodeInk();
});
for (const name of ["focus", "blur"]) element("pen").addEventListener(name, showInk);
element("clear").addEventListener("click", () => {
  ink.fill(0);
  element("drawn").textContent = "";
  showInk();
});
showInk();
show();
`;
