/* Incidents on the map. A point where a point is known; an area, with a label and never a pin, where only an area is.
   All that lies at one place is one mark with a number. */

const RADIUS = 9;

/** How many events incidents report together: [low, high], high null where the text sets no upper limit. */
function eventsOf(incidents) {
  let low = 0;
  let high = 0;
  for (const { count } of incidents) {
    low += count?.[0] ?? 1;
    high = high === null || (count?.[1] ?? null) === null ? null : high + count[1];
  }
  return [low, high];
}

/** The same, as short as a mark needs it. */
function shortCount([low, high]) {
  if (high === null) return `≥ ${numbers.format(low)}`;
  return low === high ? numbers.format(low) : `${numbers.format(low)}–${numbers.format(high)}`;
}

/** A point drawn as the polygon of its kind, with a number beside it when it stands for more than one event. */
const PointMark = L.CircleMarker.extend({
  _updateBounds() {
    L.CircleMarker.prototype._updateBounds.call(this);
    const badge = [44, 22]; // the number may reach this far
    this._pxBounds.extend(this._point.add(badge)).extend(this._point.subtract(badge));
  },

  _updatePath() {
    const renderer = this._renderer;
    if (!renderer._drawing || this._empty()) return;
    const context = renderer._ctx;
    const { x, y } = this._point;
    const radius = this._radius;
    context.beginPath();
    this.options.shape.forEach(([dx, dy], k) => context[k ? "lineTo" : "moveTo"](x + dx * radius, y + dy * radius));
    context.closePath();
    renderer._fillStroke(context, this);
    if (this.options.number) this._drawNumber(context, x + radius * 0.75, y - radius * 0.75, this.options.number);
  },

  _drawNumber(context, x, y, text) {
    context.save();
    context.globalAlpha = 1;
    context.setLineDash([]);
    context.font = "600 11px system-ui, sans-serif";
    context.direction = "ltr";
    const half = Math.max(8, context.measureText(text).width / 2 + 5);
    context.beginPath();
    context.roundRect(x - 8, y - 8, half * 2, 16, 8);
    context.fillStyle = this.options.numberFill;
    context.fill();
    context.fillStyle = this.options.numberColour;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(text, x - 8 + half, y + 0.5);
    context.restore();
  },
});

/** Where in an area its label stands best: far from its border and from the points around. Gives [lat, lng]. */
function labelPoint(rings, points) {
  const outer = rings[0];
  const xs = outer.map((p) => p[1]);
  const ys = outer.map((p) => p[0]);
  const [west, east] = [Math.min(...xs), Math.max(...xs)];
  const [south, north] = [Math.min(...ys), Math.max(...ys)];
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180) * 0.5; // labels are wide: width counts half
  const step = Math.max(1, Math.floor(outer.length / 150));
  const borders = rings.flatMap((ring) => ring.filter((_, k) => k % step === 0));
  let best = [(south + north) / 2, (west + east) / 2];
  let bestRoom = -1;
  const cells = 16;
  for (let row = 1; row < cells; row += 1) {
    for (let column = 1; column < cells; column += 1) {
      const at = [south + ((north - south) * row) / cells, west + ((east - west) * column) / cells];
      if (!rings.reduce((inside, ring) => inside !== contains(ring, at), false)) continue;
      let room = Infinity;
      for (const other of borders) room = Math.min(room, Math.hypot(at[0] - other[0], (at[1] - other[1]) * squeeze));
      for (const other of points) room = Math.min(room, 0.7 * Math.hypot(at[0] - other[0], (at[1] - other[1]) * squeeze));
      if (room > bestRoom) [best, bestRoom] = [at, room];
    }
  }
  return best;
}

/** Whether a ring holds a point: the ray to the east crosses it an odd number of times. */
function contains(ring, [lat, lng]) {
  let inside = false;
  for (let k = 0, last = ring.length - 1; k < ring.length; last = k, k += 1) {
    const [a, b] = [ring[k], ring[last]];
    if (a[0] > lat !== b[0] > lat && lng < ((b[1] - a[1]) * (lat - a[0])) / (b[0] - a[0]) + a[1]) inside = !inside;
  }
  return inside;
}

/** [[lat, lng] ...] of a ring of the data block. */
function ringOf(steps, decimals) {
  const line = decode(steps, decimals);
  return Array.from({ length: line.length / 2 }, (_, k) => [line[2 * k + 1], line[2 * k]]);
}

/** All marks; `open(mark, latlng)` is called when a reader chooses one. */
class Marks {
  constructor(map, open) {
    this.map = map;
    this.open = open;
    this.renderer = L.canvas({ padding: 0.3, tolerance: 6 });
    this.circle = null;
    this.chosen = null;
    const points = data.marks.filter((mark) => mark.at).map((mark) => [mark.at[1], mark.at[0]]);
    this.marks = data.marks.map((mark) => this._make(mark, points));
    this.named = new Set(
      this.marks.filter((mark) => mark.isArea && mark.incidents[0].place?.precision === "country")
        .map((mark) => mark.incidents[0].place.country),
    );
    this.restyle();
  }

  _make(mark, points) {
    const incidents = mark.incidents.map((index) => data.incidents[index]);
    const made = { incidents, indices: mark.incidents, isArea: !mark.at, symbol: symbolOfAll(incidents), ...drawnAs(incidents) };
    const events = eventsOf(incidents);
    if (mark.at) {
      made.latlng = L.latLng(mark.at[1], mark.at[0]);
      const lone = events[0] === 1 && events[1] === 1;
      made.layer = new PointMark(made.latlng, {
        renderer: this.renderer, radius: RADIUS, shape: made.symbol.shape, number: lone ? null : shortCount(events),
      });
      made.bounds = made.latlng.toBounds(2 * Math.max(10000, incidents[0].place?.metres ?? 0));
    } else {
      const rings = mark.area.map((polygon) => polygon.map((ring) => ringOf(ring, mark.decimals)));
      made.layer = L.polygon(rings, { renderer: this.renderer, smoothFactor: 0.7 });
      made.bounds = made.layer.getBounds();
      const [widest] = [...rings].sort((a, b) => spread(b[0]) - spread(a[0]));
      made.latlng = L.latLng(labelPoint(widest, points));
      made.label = this._label(made, events);
    }
    made.layer.on("click", (event) => this.open(made, event.latlng)).addTo(this.map);
    return made;
  }

  /** A label says how many events an area holds. It is a button: the canvas has no keyboard, this has. */
  _label(made, events) {
    const name = placeName(made.incidents[0]);
    const node = el("span", { class: "area-label", dir: words.direction }, icon(made.symbol, made), " ", name, " ",
      el("b", { dir: "ltr" }, shortCount(events)));
    const marker = L.marker(made.latlng, {
      icon: L.divIcon({ html: node, className: "geomap-label", iconSize: null }), pane: "names", riseOnHover: true,
    });
    marker.on("click", () => this.open(made, made.latlng)).addTo(this.map);
    marker.getElement().setAttribute("aria-label", plain(`${name.textContent}: ${shortCount(events)}`));
    marker.getElement().addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      this.open(made, made.latlng);
    });
    return node;
  }

  /** Take the colours of the style sheet: at the start, and when light turns to dark. */
  restyle() {
    const sheet = getComputedStyle(document.documentElement);
    const colour = (name) => sheet.getPropertyValue(name).trim();
    for (const mark of this.marks) {
      const chosen = mark === this.chosen;
      mark.layer.setStyle({
        color: colour("--outline"),
        weight: chosen ? 3 : mark.isArea ? 1.2 : 1.6,
        fillColor: mark.symbol.colour,
        fillOpacity: mark.hollow ? 0 : mark.isArea ? (chosen ? 0.4 : 0.24) : 1,
        dashArray: mark.dashed ? "4 3" : null,
        numberFill: colour("--number"),
        numberColour: colour("--on-number"),
      });
      if (!mark.isArea) mark.layer.setRadius(chosen ? RADIUS + 3 : RADIUS);
    }
    this.circle?.setStyle({ color: colour("--outline") });
  }

  /** Show which incident is chosen: a stronger mark and, for a point, the circle that holds the true place. */
  choose(mark, incident) {
    this.circle?.remove();
    this.circle = null;
    this.chosen = mark ?? null;
    const metres = incident?.place?.metres;
    if (mark && !mark.isArea && metres > 0) {
      this.circle = L.circle(mark.latlng, {
        renderer: this.renderer, radius: metres, weight: 1.4, dashArray: "5 4", fillOpacity: 0.08, interactive: false,
      }).addTo(this.map);
      this.circle.bringToBack();
    }
    this.restyle();
  }

  /** The box of everything, or null. */
  bounds() {
    return this.marks.length ? this.marks.reduce((all, mark) => all.extend(mark.bounds), L.latLngBounds([])) : null;
  }

  /** Boxes in pixels that names must leave free. */
  taken() {
    const container = this.map.getContainer();
    const origin = container.getBoundingClientRect();
    const boxOf = (node) => {
      const box = node.getBoundingClientRect();
      return [box.left - origin.left, box.top - origin.top, box.right - origin.left, box.bottom - origin.top];
    };
    const onMap = this.marks.map((mark) => {
      if (mark.isArea) return boxOf(mark.label);
      const at = this.map.latLngToContainerPoint(mark.latlng);
      return [at.x - RADIUS, at.y - RADIUS, at.x + RADIUS + (mark.layer.options.number ? 20 : 0), at.y + RADIUS];
    });
    return [...onMap, ...[...container.querySelectorAll(".leaflet-control")].map(boxOf)];
  }
}

function spread(ring) {
  const box = L.latLngBounds(ring);
  return (box.getEast() - box.getWest()) * (box.getNorth() - box.getSouth());
}
