/* The base map: land, coasts and borders on one canvas under everything, repeated around the world.

   The lines come as letters that hold the steps from one position to the next. They are projected once, to Web Mercator on a
   square of side 1; drawing at any zoom is then a multiplication. */

/** Undo the steps: [lng, lat, lng, lat ...] in degrees. Letters from "?" on hold five bits each (gazetteer/lines.py). */
function decode(letters, decimals) {
  const line = [];
  const scale = 10 ** decimals;
  const last = [0, 0];
  let bits = 0;
  let shift = 0;
  for (let k = 0; k < letters.length; k += 1) {
    const group = letters.charCodeAt(k) - 63;
    bits |= (group & 31) << shift;
    shift += 5;
    if (group >= 32) continue;
    const axis = line.length % 2;
    last[axis] += bits & 1 ? ~(bits >>> 1) : bits >>> 1;
    line.push(last[axis] / scale);
    bits = 0;
    shift = 0;
  }
  return line;
}

function mercator(line) {
  const projected = new Float64Array(line.length);
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (let k = 0; k < line.length; k += 2) {
    const lat = (Math.max(-85.0511, Math.min(85.0511, line[k + 1])) * Math.PI) / 180;
    const x = line[k] / 360 + 0.5;
    const y = 0.5 - Math.asinh(Math.tan(lat)) / (2 * Math.PI);
    projected[k] = x;
    projected[k + 1] = y;
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return { points: projected, box };
}

/** How each kind of line is drawn; the colours are in the style sheet. First-level borders wait for a closer look. */
const LINES = [
  { kind: "admin1", colour: "--admin1", width: 0.7, dash: [], from: 4 },
  { kind: "coast", colour: "--coast", width: 0.8, dash: [], from: 0 },
  { kind: "country", colour: "--border", width: 1.3, dash: [], from: 0 },
  { kind: "disputed", colour: "--border", width: 1.3, dash: [4, 3], from: 0 },
];

/**
 * A canvas of our own. Leaflet asks for a drawing twice in one zoom (for the reset and for the move): it is made once,
 * before the next frame. `flush` makes it now.
 */
const OwnCanvas = L.Canvas.extend({
  _update() {
    L.Canvas.prototype._update.call(this);
    if (this._map._animatingZoom) return;
    this._soon ??= requestAnimationFrame(() => this.flush());
  },

  flush() {
    cancelAnimationFrame(this._soon);
    this._soon = null;
    if (this._ctx) this._redraw();
  },
});

const BaseLayer = OwnCanvas.extend({
  initialize(base, options) {
    L.Canvas.prototype.initialize.call(this, options);
    const paths = (lines, decimals) => (lines ?? []).map((steps) => mercator(decode(steps, decimals)));
    this._land = paths(base.land, base.decimals);
    this._lines = LINES.map((style) => ({ ...style, paths: paths(base.lines[style.kind], base.decimals) }));
    this._shores = paths(base.world.shores, base.world.decimals);
    this._far = LINES.map((style) => ({ ...style, paths: paths(base.world.lines[style.kind], base.world.decimals) }));
    this._far.find((style) => style.kind === "coast").paths = this._shores;
    if (base.box) {
      const [west, south, east, north] = base.box;
      this._box = mercator([west, south, east, south, east, north, west, north]);
    }
  },

  _draw() {
    if (!this._ctx || !this._bounds) return;
    const context = this._ctx;
    const colours = getComputedStyle(document.documentElement);
    const fill = (paths, colour, rule) => {
      this._trace(paths, true);
      context.fillStyle = colours.getPropertyValue(colour);
      context.fill(rule);
    };
    const stroke = (styles) => {
      for (const { colour, width, dash, from, paths } of styles) {
        if (!paths.length || this._map.getZoom() < from) continue;
        this._trace(paths, false);
        context.setLineDash(dash);
        context.lineWidth = width;
        context.strokeStyle = colours.getPropertyValue(colour);
        context.stroke();
      }
    };
    context.lineJoin = "round";
    if (!this._isInside()) {
      fill(this._shores, "--land", "evenodd");
      stroke(this._far);
    }
    // What is drawn finely hides the coarse world under it; its pieces reach over the edge of the box.
    context.save();
    if (this._box) {
      fill([this._box], "--sea", "nonzero");
      context.clip();
    }
    fill(this._land, "--land", "nonzero");
    stroke(this._lines);
    context.restore();
  },

  /** The window in the world's square of side 1. */
  _window() {
    const side = 256 * 2 ** this._map.getZoom();
    const origin = this._map.getPixelOrigin();
    const { min, max } = this._bounds;
    return [(min.x + origin.x) / side, (min.y + origin.y) / side, (max.x + origin.x) / side, (max.y + origin.y) / side];
  },

  /** Whether all that is in view is drawn finely: then the coarse world would be hidden. */
  _isInside() {
    if (!this._box) return false;
    const [west, north, east, south] = this._window();
    const { box } = this._box;
    return west >= box[0] && east <= box[2] && north >= box[1] && south <= box[3];
  },

  /** Lay a path along lines, once for each copy of the world in view; what is out of view is left out. */
  _trace(paths, closed) {
    const context = this._ctx;
    const side = 256 * 2 ** this._map.getZoom();
    const origin = this._map.getPixelOrigin();
    const view = this._window();
    context.beginPath();
    for (let world = Math.floor(view[0]) - 1; world <= Math.floor(view[2]) + 1; world += 1) {
      for (const { points, box } of paths) {
        if (box[2] + world < view[0] || box[0] + world > view[2] || box[3] < view[1] || box[1] > view[3]) continue;
        let lastX = Infinity;
        let lastY = Infinity;
        const end = points.length - 2;
        for (let k = 0; k <= end; k += 2) {
          const x = (points[k] + world) * side - origin.x;
          const y = points[k + 1] * side - origin.y;
          if (k === 0) context.moveTo(x, y);
          else if (k === end || Math.abs(x - lastX) + Math.abs(y - lastY) >= 1) context.lineTo(x, y); // simplified by zoom
          else continue;
          lastX = x;
          lastY = y;
        }
        if (closed) context.closePath();
      }
    }
  },
});

/* Names: written by rank where they cover neither an earlier name nor a mark. A country's stands on its point, a
   city's beside its dot, on the side where there is room. */

const SIDES = ["above", "right", "left", "below"];

/** The box of a name around a point of the window: [left, top, right, bottom]. `gap` keeps it off a dot or mark. */
function nameBox({ x, y }, [width, height], side, gap) {
  const left = { right: x + gap, left: x - gap - width }[side] ?? x - width / 2;
  const top = { above: y - gap - height, below: y + gap }[side] ?? y - height / 2;
  return [left, top, left + width, top + height];
}

function overlaps(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

class Names {
  constructor(map, labels_) {
    this.map = map;
    const { text: texts = [], lng, lat, kind: kinds, country = [], local: locals = [], metres = [] } = labels_;
    this.entries = texts.map((text_, k) => {
      const kind = kinds[k];
      const own = (kind === "country" && countryName(country[k])) || text_;
      const here = locals[k] && locals[k] !== own ? el("small", { dir: "auto" }, locals[k]) : null;
      return { kind, country: country[k] ?? null, metres: metres[k] ?? null, at: L.latLng(lat[k], lng[k]), marker: null, parts: [own, here] };
    });
  }

  /** A name becomes an element when it first comes into view. */
  _make(entry) {
    entry.said = el("bdi", { dir: "auto" }, ...entry.parts);
    entry.node = el("span", { class: `name name-${entry.kind}`, "aria-hidden": "true" }, entry.said);
    entry.marker = L.marker(entry.at, {
      icon: L.divIcon({ html: entry.node, className: "geomap-label", iconSize: null }),
      interactive: false, keyboard: false, pane: "names",
    }).addTo(this.map);
  }

  /**
   * Choose again which names fit: after a zoom or a move. `occupied` are boxes in pixels of the map's window, `named`
   * the countries whose name stands on a label of incidents already.
   */
  place(occupied, named) {
    const { x: width, y: height } = this.map.getSize();
    const marked_ = [...occupied];
    const zoom = this.map.getZoom();
    const inView = this.entries.filter((entry) => {
      const at = this.map.latLngToContainerPoint(entry.at);
      const wide = entry.metres === null || (2 * entry.metres) / metresPerPixel(entry.at.lat, zoom) > 110;
      const visible = wide && !(entry.kind === "country" && named.has(entry.country)) && at.x > 0 && at.x < width && at.y > 0 && at.y < height;
      entry.point = at;
      if (visible && !entry.marker) this._make(entry);
      if (!visible) entry.node?.classList.add("left-out");
      return visible;
    });
    // Reading sizes and changing styles in turn would lay the page out once a name: each size is read once, first.
    for (const entry of inView) entry.size ??= [entry.said.offsetWidth, entry.said.offsetHeight];
    for (const { node, point: at, size, kind } of inView) {
      const covered = marked_.some((box) => overlaps(box, [at.x - 2, at.y - 2, at.x + 2, at.y + 2]));
      const gap = covered ? 14 : 5;
      let box = null;
      for (const side of kind === "city" ? SIDES : ["middle"]) {
        box = nameBox(at, size, side, gap);
        if (occupied.some((other) => overlaps(box, other))) {
          box = null;
          continue;
        }
        node.className = `name name-${kind} ${side}${covered ? " covered" : ""}`;
        break;
      }
      node.classList.toggle("left-out", box === null);
      if (box) occupied.push([box[0] - 3, box[1] - 1, box[2] + 3, box[3] + 1]);
    }
  }
}
