/* One shape and one colour for each kind of event: Okabe and Ito's colours stay apart for the colour-blind, and where
   two kinds share a colour their shapes are unlike. Each shape is a polygon in a circle of radius 1, y downwards. */

function regular(corners, turn = 0, radius = 1) {
  return Array.from({ length: corners }, (_, k) => {
    const angle = -Math.PI / 2 + turn + (2 * Math.PI * k) / corners;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

function star(points, inner) {
  const tips = regular(points);
  const dents = regular(points, Math.PI / points, inner);
  return tips.flatMap((tip, k) => [tip, dents[k]]);
}

/** A cross with arms of half-width `w`, straight or turned. */
function cross(w, turn = 0) {
  const arm = [[-w, -1], [w, -1], [w, -w], [1, -w], [1, w], [w, w], [w, 1], [-w, 1], [-w, w], [-1, w], [-1, -w], [-w, -w]];
  return arm.map(([x, y]) => [x * Math.cos(turn) - y * Math.sin(turn), x * Math.sin(turn) + y * Math.cos(turn)]);
}

const CIRCLE = regular(24);

const SYMBOLS = {
  remote_violence: { shape: regular(3, 0, 1.15), colour: "#d55e00" },
  battle: { shape: cross(0.38, Math.PI / 4), colour: "#0072b2" },
  violence_against_civilians: { shape: regular(4, 0, 1.1), colour: "#cc79a7" },
  unrest: { shape: regular(4, Math.PI / 4, 1.15), colour: "#e69f00" },
  security_operation: { shape: regular(5, Math.PI), colour: "#56b4e9" },
  property_destruction: { shape: regular(6, Math.PI / 6), colour: "#f0e442" },
  hazard: { shape: regular(3, Math.PI, 1.15), colour: "#009e73" },
  accident: { shape: star(5, 0.48), colour: "#e69f00" },
  health: { shape: cross(0.36), colour: "#56b4e9" },
  displacement: { shape: [[-1, -0.45], [0.1, -0.45], [0.1, -0.95], [1, 0], [0.1, 0.95], [0.1, 0.45], [-1, 0.45]], colour: "#cc79a7" },
  other: { shape: CIRCLE, colour: "#999999" },
};
const SEVERAL = { shape: regular(8, Math.PI / 8), colour: "#ffffff" };

/** The symbol of a kind of event; a kind that is none of ours is drawn as `other`. */
function symbolOf(type) {
  return Object.hasOwn(SYMBOLS, type) ? SYMBOLS[type] : SYMBOLS.other;
}

/** The symbol of a mark: its kind when all its incidents are of one, else the sign for several. */
function symbolOfAll(incidents) {
  const types = new Set(incidents.map((incident) => incident.type));
  return types.size === 1 ? symbolOf(incidents[0].type) : SEVERAL;
}

const SVG = "http://www.w3.org/2000/svg";

/** The symbol as a picture for the list and the legend; the words beside it say the same. */
function icon(symbol, { hollow = false, dashed = false } = {}) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "-1.4 -1.4 2.8 2.8");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const polygon = document.createElementNS(SVG, "polygon");
  polygon.setAttribute("points", symbol.shape.map(([x, y]) => `${x.toFixed(3)},${y.toFixed(3)}`).join(" "));
  polygon.setAttribute("fill", hollow ? "none" : symbol.colour);
  if (dashed) polygon.setAttribute("stroke-dasharray", "0.5 0.3");
  svg.append(polygon);
  return svg;
}

/** How sure the sources are, as it is drawn: disputed dashed, denied hollow. */
function drawnAs(incidents) {
  return {
    dashed: incidents.every((incident) => incident.status === "disputed"),
    hollow: incidents.every((incident) => incident.status === "denied"),
  };
}
