/* One shape and one colour for each kind of event, from symbols.json: Okabe and Ito's colours stay apart for the
   colour-blind, and where two kinds share a colour their shapes are unlike. Each shape is a polygon in a circle of
   radius 1, y downwards. */

const { several: SEVERAL, ...SYMBOLS } = data.symbols;

/** The symbol of a kind of event; a kind that is none of ours is drawn as `other`. */
function symbolOf(type) {
  return Object.hasOwn(SYMBOLS, type) ? SYMBOLS[type] : SYMBOLS.other;
}

const SVG = "http://www.w3.org/2000/svg";

/** The symbol as a picture for the list and the legend; the words beside it say the same. */
function icon(symbol, style = {}) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "-1.4 -1.4 2.8 2.8");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const add = (name, attributes) => {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    svg.append(node);
  };
  const points = symbol.shape.map(([x, y]) => `${x.toFixed(3)},${y.toFixed(3)}`).join(" ");
  add("polygon", { points, fill: style.hollow ? "none" : symbol.colour, "fill-opacity": style.pale ? 0.4 : 1 });
  if (style.hatched) {
    for (let at = -1.5; at <= 1.5; at += 0.5) {
      const across = chord(symbol.shape, at);
      if (across) add("path", { d: across, class: "hatch" });
    }
  }
  return svg;
}

/** The parts of the line x + y = `at` that lie inside a shape, as a path. */
function chord(shape, at) {
  const cuts = [];
  shape.forEach(([x, y], k) => {
    const [ox, oy] = shape[(k + 1) % shape.length];
    const [here, there] = [x + y - at, ox + oy - at];
    if (here < 0 === there < 0) return;
    const share = here / (here - there);
    cuts.push([x + share * (ox - x), y + share * (oy - y)]);
  });
  cuts.sort((a, b) => a[0] - b[0]);
  let path = "";
  for (let k = 0; k + 1 < cuts.length; k += 2) path += `M${cuts[k].map((c) => c.toFixed(3))}L${cuts[k + 1].map((c) => c.toFixed(3))}`;
  return path || null;
}

/** The same on a canvas: a dark outline on a light seam, so that it stands out of land, sea and other marks. */
function drawSymbol(context, symbol, x, y, radius, colours, { hollow, hatched, pale, width }) {
  context.beginPath();
  symbol.shape.forEach(([dx, dy], k) => context[k ? "lineTo" : "moveTo"](x + dx * radius, y + dy * radius));
  context.closePath();
  context.lineWidth = width + 2;
  context.strokeStyle = colours.page;
  context.stroke();
  if (!hollow) {
    context.fillStyle = colours.page;
    context.fill();
    context.globalAlpha = pale ? 0.4 : 1;
    context.fillStyle = symbol.colour;
    context.fill();
    context.globalAlpha = 1;
  }
  if (hatched) {
    context.fillStyle = hatch(context, colours.outline);
    context.fill();
  }
  context.lineWidth = width;
  context.strokeStyle = colours.outline;
  context.stroke();
}

const hatches = new Map();

/** Diagonal stripes of a colour. */
function hatch(context, colour) {
  if (!hatches.has(colour)) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 6;
    const pen = tile.getContext("2d");
    pen.strokeStyle = colour;
    pen.lineWidth = 1.6;
    for (const from of [-6, 0, 6]) {
      pen.moveTo(from, 6);
      pen.lineTo(from + 6, 0);
    }
    pen.stroke();
    hatches.set(colour, context.createPattern(tile, "repeat"));
  }
  return hatches.get(colour);
}

/** How sure the sources are, as it is drawn: disputed hatched, denied hollow; hardly sure is pale. */
function drawnAs({ status, confidence }) {
  return {
    hatched: status === "disputed",
    hollow: status === "denied",
    pale: confidence !== null && confidence * 1000 < PALE,
  };
}
