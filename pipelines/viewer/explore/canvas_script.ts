/**
 * The part of a page's program that draws on canvases and hears the pointer and the keys.
 * @module
 */

/** Images, colours of the page, and what a pointer or an arrow key does on a canvas. */
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
function onScheme(act) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", act);
}
`;
