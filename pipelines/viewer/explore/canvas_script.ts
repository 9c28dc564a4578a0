/**
 * The part of the page's program that draws on canvases and hears the pointer and the keys.
 * @module
 */

/** Images, the map of test images, and what a pointer or an arrow key does on a canvas. */
export const canvasScript = `
const element = (id) => document.getElementById(id);
const contextOf = (id) => element(id).getContext("2d", { willReadFrequently: true });
const clip = (x, most) => Math.min(most, Math.max(0, x));
function paint(context, ink, { rows, columns }, left, top) {
  const image = context.createImageData(columns, rows);
  for (let i = 0; i < ink.length; i++) {
    const grey = 255 * (1 - ink[i]);
    image.data.set([grey, grey, grey, 255], 4 * i);
  }
  context.putImageData(image, left, top);
}
function color(name) {
  return getComputedStyle(document.body).getPropertyValue(name).trim();
}
const classColor = (label) => color("--d" + label % 10);
function paintMap({ means, labels, classes, latent, reach }, z, [across, up]) {
  const context = contextOf("map");
  const side = context.canvas.width;
  const x = (value) => side * (0.5 + value / reach / 2);
  const y = (value) => side * (0.5 - value / reach / 2);
  const line = (...ends) => {
    context.beginPath();
    context.moveTo(ends[0], ends[1]);
    context.lineTo(ends[2], ends[3]);
    context.stroke();
  };
  context.clearRect(0, 0, side, side);
  context.lineWidth = 2;
  context.strokeStyle = color("--rule");
  line(x(0), 0, x(0), side);
  line(0, y(0), side, y(0));
  context.font = "600 22px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  labels.forEach((label, i) => {
    const at = [x(means[i * latent + across]), y(means[i * latent + up])];
    const name = classes[label] ?? "";
    context.fillStyle = classColor(label);
    if (name.length === 1) return context.fillText(name, ...at);
    context.beginPath();
    context.arc(...at, 6, 0, 7);
    context.fill();
  });
  context.lineWidth = 4;
  for (const [radius, name] of [[17, "--page"], [13, "--ink"]]) {
    context.strokeStyle = color(name);
    context.beginPath();
    context.arc(clip(x(z[across]), side), clip(y(z[up]), side), radius, 0, 7);
    context.stroke();
  }
}
function onDrag(canvas, act) {
  const tell = (event, isFirst) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    act(clip((event.clientX - left) / width, 1), clip((event.clientY - top) / height, 1), isFirst);
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    tell(event, true);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.buttons % 2 === 1) tell(event, false);
  });
}
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
function onArrow(canvas, act) {
  canvas.addEventListener("keydown", (event) => {
    const step = ARROWS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    act(...step);
  });
}
`;
