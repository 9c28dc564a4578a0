/**
 * The program of the page of attention.
 * @module
 */

/** A heat map of the chosen text, kind, layer and head; the chosen row is also written out, shaded by its weights. */
export const attentionScript = `
for (const { maps } of data.texts) {
  for (const map of maps) map.weights = readBytes(map.weights);
}
const MEAN = "mean";
const chosen = { row: 0, column: 0 };
let grid; // where the cells of the map are
let shade = color("--shade"); // red, green, blue
const map = () => data.texts[Number(element("text").value)].maps[Number(element("kind").value)];
function weightAt(row, column) {
  const { weights, heads, rows, columns } = map();
  const layer = Number(element("layer").value);
  const head = element("head").value;
  const of = (one) => weights[((layer * heads + one) * rows.length + row) * columns.length + column] / 255;
  if (head !== MEAN) return of(Number(head));
  let sum = 0;
  for (let one = 0; one < heads; one++) sum += of(one);
  return sum / heads;
}
const shadeOf = (weight) => "rgba(" + shade + "," + Math.sqrt(weight).toFixed(3) + ")";
function fill(id, names, values = names.map((_, i) => i)) {
  const select = element(id);
  const before = select.value;
  select.replaceChildren(...names.map((name, i) => new Option(name, values[i])));
  if (values.some((value) => String(value) === before)) select.value = before;
  select.disabled = names.length === 1;
}
function numbered(count) {
  return Array.from({ length: count }, (_, i) => String(i + 1));
}
function showText() {
  const { told, maps } = data.texts[Number(element("text").value)];
  fill("kind", maps.map(({ name }) => name));
  element("about").replaceChildren(...told.flatMap(([name, text]) => {
    const [term, description] = [document.createElement("dt"), document.createElement("dd")];
    term.textContent = name;
    description.textContent = text;
    return [term, description];
  }));
  showKind();
}
function showKind() {
  const { layers, heads, rows, columns } = map();
  fill("layer", numbered(layers));
  const all = Array.from({ length: heads }, (_, i) => i);
  if (heads === 1) fill("head", numbered(1));
  else fill("head", [...numbered(heads), "mean of all"], [...all, MEAN]);
  chosen.row = clip(chosen.row, rows.length - 1);
  chosen.column = clip(chosen.column, columns.length - 1);
  showMap();
}
function measure(context, words) {
  return Math.ceil(words.reduce((most, word) => Math.max(most, context.measureText(word).width), 0));
}
const CELL = 26;
const SMALL = 13;
const DARK = 0.3; // words on such a shade have the colour of the page
function layOut(context, { rows, columns }) {
  const isNarrow = [...rows, ...columns].every((word) => [...word].length === 1);
  const cell = isNarrow ? SMALL : CELL;
  const font = isNarrow ? "11px ui-monospace,monospace" : "13px system-ui,sans-serif";
  context.font = "700 " + font; // the widest that a word can be
  const left = measure(context, rows) + 8;
  const top = isNarrow ? 18 : Math.ceil(0.87 * measure(context, columns)) + 14;
  const last = columns.length * cell;
  const right = isNarrow ? 1 : Math.ceil(0.5 * measure(context, columns)); // a slanted word ends beyond its column
  return { cell, font, left, top, width: left + last + right, height: top + rows.length * cell + 1, isNarrow };
}
function showMap() {
  const { rows, columns } = map();
  const context = contextOf("map");
  const { canvas } = context;
  grid = layOut(context, map());
  const sharp = devicePixelRatio || 1;
  canvas.width = grid.width * sharp;
  canvas.height = grid.height * sharp;
  canvas.style.width = grid.width + "px";
  canvas.style.height = grid.height + "px";
  context.scale(sharp, sharp);
  const { cell, left, top } = grid;
  rows.forEach((_, row) => columns.forEach((_, column) => {
    context.fillStyle = shadeOf(weightAt(row, column));
    context.fillRect(left + column * cell, top + row * cell, cell, cell);
  }));
  context.strokeStyle = color("--rule");
  context.strokeRect(left, top, columns.length * cell, rows.length * cell);
  context.lineWidth = 2;
  context.strokeStyle = color("--c1");
  context.strokeRect(left + chosen.column * cell, top + chosen.row * cell, cell, cell);
  writeWords(context);
  tell();
}
function writeWords(context) {
  const { rows, columns } = map();
  const { cell, font, left, top, isNarrow } = grid;
  context.textBaseline = "middle";
  const write = (word, isChosen, x, y, angle, align) => {
    context.save();
    context.font = (isChosen ? "700 " : "") + font;
    context.fillStyle = color(isChosen ? "--ink" : "--note");
    context.textAlign = align;
    context.translate(x, y);
    context.rotate(angle);
    context.fillText(word, 0, 0);
    context.restore();
  };
  rows.forEach((word, row) =>
    write(word, row === chosen.row, left - 4, top + (row + 0.5) * cell, 0, "right"));
  columns.forEach((word, column) =>
    write(word, column === chosen.column, left + (column + 0.5) * cell, top - (isNarrow ? 9 : 6),
      isNarrow ? 0 : -Math.PI / 3, isNarrow ? "center" : "left"));
}
function tell() {
  const { rows, columns, rowTitle, columnTitle } = map();
  const { row, column } = chosen;
  element("told").textContent = rowTitle + " " + (row + 1) + " “" + rows[row] + "” looks at " +
    columnTitle + " " + (column + 1) + " “" + columns[column] + "”: " + weightAt(row, column).toFixed(2);
  const words = columns.map((word, i) => {
    const span = document.createElement(i === column ? "b" : "span");
    span.textContent = word;
    const weight = weightAt(row, i);
    span.style.background = shadeOf(weight);
    if (weight > DARK) span.style.color = color("--page");
    return span;
  });
  const space = grid.isNarrow ? "" : " ";
  element("looked").replaceChildren(...words.flatMap((word) => [word, space]));
}
function choose(row, column) {
  const { rows, columns } = map();
  chosen.row = clip(row, rows.length - 1);
  chosen.column = clip(column, columns.length - 1);
  showMap();
}
function showShades() {
  document.querySelectorAll(".shades i").forEach((swatch, i) => {
    swatch.style.background = shadeOf(data.shades[i]);
  });
}
element("text").addEventListener("change", showText);
element("kind").addEventListener("change", showKind);
for (const id of ["layer", "head"]) element(id).addEventListener("change", showMap);
const pointed = ({ clientX, clientY }) => {
  const box = element("map").getBoundingClientRect();
  const row = Math.floor((clientY - box.top - grid.top) / grid.cell);
  const column = Math.floor((clientX - box.left - grid.left) / grid.cell);
  if (row >= 0 && column >= 0) choose(row, column);
};
for (const name of ["pointerdown", "pointermove"]) element("map").addEventListener(name, pointed);
onArrow(element("map"), (right, above) => choose(Math.max(0, chosen.row - above), Math.max(0, chosen.column + right)));
onScheme(() => {
  shade = color("--shade");
  showShades();
  showMap();
});
showShades();
showText();
`;
