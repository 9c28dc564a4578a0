/**
 * The part of the page's program that joins its parts.
 * @module
 */

/** Sliders, map, plane and drawing change one latent vector; whatever shows it follows. */
export const exploreScript = `
const { rows, columns, latent, reach, labels } = data;
const { decode, encode } = readVae(data);
const map = { ...data, means: readFloats(data.means) };
const z = new Float64Array(latent);
const sliders = Array.from(z, (_, i) => element("z" + i));
const axes = () => [Number(element("across").value), Number(element("up").value)];
const SIDE = element("plane").width / columns;
let plane = "";
let planeImage;
function setAxes(right, above) {
  const [across, up] = axes();
  z[up] = above;
  z[across] = right;
  show();
}
function show() {
  sliders.forEach((slider, i) => {
    const text = z[i].toFixed(2);
    slider.value = z[i];
    element("value" + i).textContent = text;
  });
  paint(contextOf("decoded"), decode(z), data, 0, 0);
  paintMap(map, z, axes());
  showPlane();
}
function showPlane() {
  const pair = axes();
  const wanted = pair + ":" + z.filter((_, i) => !pair.includes(i));
  if (wanted === plane) return markCell();
  plane = wanted;
  planeImage = undefined;
  fillPlane(0, z.slice(), pair, wanted);
}
function fillPlane(row, q, [across, up], wanted) {
  if (wanted !== plane) return; // another one was asked for
  const context = contextOf("plane");
  if (row === SIDE) {
    planeImage = context.getImageData(0, 0, SIDE * columns, SIDE * rows);
    return markCell();
  }
  for (let column = 0; column < SIDE; column++) {
    q[up] = reach * (1 - (2 * row + 1) / SIDE);
    q[across] = reach * ((2 * column + 1) / SIDE - 1);
    paint(context, decode(q), data, column * columns, row * rows);
  }
  setTimeout(fillPlane, 0, row + 1, q, [across, up], wanted);
}
function markCell() {
  if (planeImage === undefined) return;
  const context = contextOf("plane");
  const [across, up] = axes();
  const cell = (value) => clip(Math.floor(SIDE * (0.5 + value / reach / 2)), SIDE - 1);
  context.putImageData(planeImage, 0, 0);
  context.strokeStyle = "#d55e00";
  context.lineWidth = 2;
  context.strokeRect(cell(z[across]) * columns + 1, (SIDE - 1 - cell(z[up])) * rows + 1, columns - 2, rows - 2);
}
sliders.forEach((slider, i) => slider.addEventListener("input", () => {
  z[i] = Number(slider.value);
  show();
}));
for (const [id, other] of [["across", "up"], ["up", "across"]]) {
  element(id).addEventListener("change", () => {
    const [across, up] = axes();
    if (across === up && latent > 1) element(other).value = (across + 1) % latent;
    show();
  });
}
for (const id of ["map", "plane"]) {
  onDrag(element(id), (x, y) => setAxes(reach * (2 * x - 1), reach * (1 - 2 * y)));
  onArrow(element(id), (right, above) => {
    const [across, up] = axes();
    const step = (value, by) => clip(value + reach * (1 + by / 20), 2 * reach) - reach;
    setAxes(step(z[across], right), step(z[up], above));
  });
}
element("zero").addEventListener("click", () => {
  z.fill(0);
  show();
});
element("nearest").addEventListener("click", () => {
  const [across, up] = axes();
  const distance = (i) =>
    (map.means[i * latent + across] - z[across]) ** 2 + (map.means[i * latent + up] - z[up]) ** 2;
  const nearest = labels.reduce((best, _, i) => distance(i) < distance(best) ? i : best, 0);
  z.set(map.means.subarray(nearest * latent, (nearest + 1) * latent));
  const name = data.classes[labels[nearest]];
  element("told").textContent = "Test image " + (nearest + 1) + (name === undefined ? "" : ", " + name);
  show();
});
if (labels.length === 0) element("nearest").disabled = true;
else z.set(map.means.subarray(0, latent));
onScheme(show);
`;
