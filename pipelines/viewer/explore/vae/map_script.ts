/**
 * The part of the VAE page's program that draws the map of test images.
 * @module
 */

/** The test images as their classes, the zero lines, and a ring at the latents. */
export const mapScript = `
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
`;
