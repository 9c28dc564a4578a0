/**
 * The program of the page of denoising.
 * @module
 */

/** A slider over the steps, and a choice of the image that is shown large. */
export const denoisingScript = `
const { rows, columns, classes, each } = data;
const pixels = rows * columns;
const moments = data.moments.map(({ noisy, predicted, ...rest }) =>
  ({ ...rest, noisy: readBytes(noisy), predicted: readBytes(predicted) }));
const last = moments.length - 1;
const INTERVAL = 120; // milliseconds a step
let image = 0;
let playing;
const imageOf = (images, i) => Float32Array.from(images.subarray(i * pixels, (i + 1) * pixels), (byte) => byte / 255);
function showAll(id, images) {
  const context = contextOf(id);
  for (let i = 0; i < classes.length * each; i++) {
    paint(context, imageOf(images, i), data, i % classes.length * columns, Math.floor(i / classes.length) * rows);
  }
  context.strokeStyle = "#d55e00";
  context.lineWidth = 2;
  context.strokeRect(image % classes.length * columns + 1, Math.floor(image / classes.length) * rows + 1, columns - 2, rows - 2);
}
function show() {
  const step = Number(element("step").value);
  const { timestep, signal, spread, noisy, predicted } = moments[step];
  paint(contextOf("noisy"), imageOf(noisy, image), data, 0, 0);
  paint(contextOf("predicted"), imageOf(predicted, image), data, 0, 0);
  showAll("allNoisy", noisy);
  showAll("allPredicted", predicted);
  const told = "Asked for " + classes[image % classes.length] + ". Step " + step + " of " + last + ": " +
    (step === last ? "the end" : "timestep " + timestep.toFixed(0)) + ", signal " + signal.toFixed(3) +
    ", noise " + spread.toFixed(3);
  element("told").textContent = told;
  element("step").setAttribute("aria-valuetext", told);
}
function choose(column, row) {
  image = clip(row, each - 1) * classes.length + clip(column, classes.length - 1);
  show();
}
function stop() {
  clearInterval(playing);
  playing = undefined;
  element("play").textContent = "Play";
}
function advance() {
  const step = element("step");
  if (Number(step.value) === last) return stop();
  step.value = Number(step.value) + 1;
  show();
}
element("play").addEventListener("click", () => {
  if (playing !== undefined) return stop();
  const step = element("step");
  if (Number(step.value) === last) step.value = 0;
  element("play").textContent = "Stop";
  playing = setInterval(advance, INTERVAL);
  show();
});
element("step").addEventListener("input", () => {
  stop();
  show();
});
for (const id of ["allNoisy", "allPredicted"]) {
  onDrag(element(id), (x, y) => choose(Math.floor(x * classes.length), Math.floor(y * each)));
  onArrow(element(id), (right, above) =>
    choose(Math.max(0, image % classes.length + right), Math.max(0, Math.floor(image / classes.length) - above)));
}
show();
`;
