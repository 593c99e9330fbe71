/* Incidents on the map. A point where a point is known; an area, with a label and never a pin, where only an area is.
   All that lies at one place is one mark with a number. Marks are drawn on one canvas, from columns: a hundred thousand
   objects of Leaflet would take seconds. Where more places are in view than can be told apart, those that share a
   cell of a grid are one ring with a number, which opens when the reader looks closer. */

const RADIUS = 9;
const APART = 250; // so many places in view are drawn each for itself; with 400 of them a window of 1,000 px was a carpet
const CELL = 44; // px: two rings beside each other stay two
const CIRCLES = 40; // so many places in view show their circles; with more there were only circles
const LABELS = 60; // labels of areas at a time: each is an element of the page
const FEW = 8; // areas in view: all are labelled, even where two labels touch
const CROWD = 30; // with more areas in view their labels are numbers without names
const PALE = 500; // thousandths of confidence: what is drawn pale is less sure than that

/** How many events incidents report together: [low, high], high null where the text sets no upper limit. */
function eventsOf(indices) {
  let low = 0;
  let high = 0;
  for (const n of indices) {
    const [least, most] = [fields.count_min[n], fields.count_max[n]];
    low += least < 0 ? 1 : least;
    high = high === null || most < 0 ? null : high + most;
  }
  return [low, high];
}

/** The same, as short as a mark needs it. */
function shortCount([low, high]) {
  if (high === null) return `≥ ${numbers.format(low)}`;
  return low === high ? numbers.format(low) : `${numbers.format(low)}–${numbers.format(high)}`;
}

/** Where in an area its label stands best: far from its border and from the points around. Gives [x, y]. */
function labelPoint({ rings }, points) {
  const widest = rings.reduce((a, b) => (spread(a.box) >= spread(b.box) ? a : b));
  const [west, north, east, south] = widest.box;
  const step = 2 * Math.max(1, Math.floor(widest.points.length / 160));
  const far = (x, y, ox, oy) => Math.hypot(y - oy, (x - ox) * 0.5); // labels are wide: width counts half
  let best = [(west + east) / 2, (south + north) / 2];
  let bestRoom = -1;
  const cells = 12;
  for (let row = 1; row < cells; row += 1) {
    for (let col = 1; col < cells; col += 1) {
      const [x, y] = [west + ((east - west) * col) / cells, north + ((south - north) * row) / cells];
      if (!inside(rings, x, y)) continue;
      let room = Infinity;
      for (let k = 0; k < widest.points.length; k += step) {
        room = Math.min(room, far(x, y, widest.points[k], widest.points[k + 1]));
      }
      for (const [ox, oy] of points) room = Math.min(room, 0.7 * far(x, y, ox, oy));
      if (room > bestRoom) [best, bestRoom] = [[x, y], room];
    }
  }
  return best;
}

const spread = ([west, north, east, south]) => (east - west) * (south - north);

/** Whether a point lies in an odd number of rings: a ray to the east crosses them an odd number of times. */
function inside(rings, x, y) {
  let found = false;
  for (const { points, box } of rings) {
    if (x < box[0] || x > box[2] || y < box[1] || y > box[3]) continue;
    for (let k = 0, last = points.length - 2; k < points.length; last = k, k += 2) {
      const [ax, ay, bx, by] = [points[k], points[k + 1], points[last], points[last + 1]];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) found = !found;
    }
  }
  return found;
}

const latOf = (y) => (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI;
const latLngOf = (x, y) => L.latLng(latOf(y), (x - 0.5) * 360);
const metresPerPixel = (lat, zoom) => (156543.034 * Math.cos((lat * Math.PI) / 180)) / 2 ** zoom;

/** All marks, as columns: areas first, then points. A mark is its number. */
class Marks {
  constructor() {
    const { areas, points, decimals } = data.marks;
    this.areas = areas.map((area) => {
      const rings = area.area.flat().map((ring) => mercator(decode(ring, area.decimals)));
      const box = rings.reduce((all, { box: b }) => [
        Math.min(all[0], b[0]), Math.min(all[1], b[1]), Math.max(all[2], b[2]), Math.max(all[3], b[3]),
      ], [Infinity, Infinity, -Infinity, -Infinity]);
      return { rings, box, rough: area.rough === 1 };
    });
    this.size = areas.length + points.length / 2;
    const lines = mercator(Float64Array.from(points, (number) => number / 10 ** decimals));
    this.points = lines.points;
    this.members = membersOf(this.size);
    this.first = this._aggregates();
  }

  _aggregates() {
    const { size } = this;
    this.count = new Int32Array(size); // incidents shown
    this.low = new Int32Array(size);
    this.high = new Int32Array(size); // -1: no upper limit
    this.type = new Int32Array(size); // -1: several
    this.disputed = new Uint8Array(size);
    this.denied = new Uint8Array(size);
    this.sure = new Int16Array(size);
    this.metres = new Float64Array(size);
  }

  /** Sum up what is shown of each mark. */
  refresh(shown) {
    for (const sums of [this.count, this.low, this.high, this.sure, this.metres]) sums.fill(0);
    this.disputed.fill(1);
    this.denied.fill(1);
    const { mark, count_min: least, count_max: most, type, status, confidence, place: placeOf } = fields;
    const metres = data.places.metres ?? [];
    const disputed = data.strings.indexOf("disputed");
    const denied = data.strings.indexOf("denied");
    for (let n = 0; n < N; n += 1) {
      const m = mark[n];
      if (m < 0 || !shown[n]) continue;
      this.type[m] = this.count[m] === 0 || this.type[m] === type[n] ? type[n] : -1;
      this.count[m] += 1;
      this.low[m] += least[n] < 0 ? 1 : least[n];
      this.high[m] = this.high[m] < 0 || most[n] < 0 ? -1 : this.high[m] + most[n];
      if (status[n] !== disputed) this.disputed[m] = 0;
      if (status[n] !== denied) this.denied[m] = 0;
      this.sure[m] = Math.max(this.sure[m], confidence[n] < 0 ? 1000 : confidence[n]);
      this.metres[m] = Math.max(this.metres[m], metres[placeOf[n]] ?? 0);
    }
  }

  isArea(m) {
    return m < this.areas.length;
  }

  /** [x, y] of a point mark on the square of side 1. */
  at(m) {
    const k = 2 * (m - this.areas.length);
    return [this.points[k], this.points[k + 1]];
  }

  latLng(m) {
    return latLngOf(...(this.isArea(m) ? this.labelAt(m) : this.at(m)));
  }

  labelAt(m) {
    const area = this.areas[m];
    if (!area.label) {
      const near = [];
      for (let p = this.areas.length; p < this.size && near.length < 200; p += 1) {
        const [x, y] = this.at(p);
        if (this.count[p] && x >= area.box[0] && x <= area.box[2] && y >= area.box[1] && y <= area.box[3]) near.push([x, y]);
      }
      area.label = labelPoint(area, near);
    }
    return area.label;
  }

  bounds(m) {
    if (this.isArea(m)) {
      const [west, north, east, south] = this.areas[m].box;
      return L.latLngBounds(latLngOf(west, south), latLngOf(east, north));
    }
    return this.latLng(m).toBounds(2 * Math.max(10000, this.metres[m]));
  }

  /** The box of all marks that are shown, or null. */
  allBounds() {
    let box = null;
    for (let m = 0; m < this.size; m += 1) {
      if (!this.count[m]) continue;
      const [x, y] = this.isArea(m) ? [0, 0] : this.at(m);
      const b = this.isArea(m) ? this.areas[m].box : [x, y, x, y];
      box = box ? [Math.min(box[0], b[0]), Math.min(box[1], b[1]), Math.max(box[2], b[2]), Math.max(box[3], b[3])] : [...b];
    }
    if (!box) return null;
    const bounds = L.latLngBounds(latLngOf(box[0], box[3]), latLngOf(box[2], box[1]));
    const lone = box[0] === box[2] && box[1] === box[3];
    return lone ? bounds.getCenter().toBounds(2 * Math.max(10000, ...this.metres)) : bounds;
  }

  /** The incidents of a mark that are shown. */
  indices(m, shown) {
    const { starts, all } = this.members;
    return Array.from(all.subarray(starts[m], starts[m + 1])).filter((n) => shown[n]);
  }

  events(m) {
    return [this.low[m], this.high[m] < 0 ? null : this.high[m]];
  }

  symbol(m) {
    return this.type[m] < 0 ? SEVERAL : symbolOf(textAt(this.type[m]));
  }

  /** How it is drawn: disputed hatched, denied hollow, hardly sure pale. */
  style(m) {
    return { hatched: this.disputed[m] === 1, hollow: this.denied[m] === 1, pale: this.sure[m] < PALE };
  }
}

/** The incidents of each mark, in two arrays: where they begin, and which they are. */
function membersOf(size) {
  const starts = new Uint32Array(size + 1);
  for (const m of fields.mark) if (m >= 0) starts[m + 1] += 1;
  for (let m = 0; m < size; m += 1) starts[m + 1] += starts[m];
  const next = starts.slice();
  const all = new Uint32Array(starts[size]);
  fields.mark.forEach((m, n) => {
    if (m >= 0) all[next[m]++] = n;
  });
  return { starts, all };
}

/** The canvas of the marks. What it drew last is what a pointer can hit. */
const MarkLayer = OwnCanvas.extend({
  initialize(marks, base_, options) {
    L.Canvas.prototype.initialize.call(this, options);
    this.marks = marks;
    this.base = base_;
    this.paper = window.matchMedia("print");
    this.chosen = null; // { m, metres }
    this.drawn = [];
  },

  _draw() {
    if (!this._ctx || !this._bounds) return;
    const zoom = this._map.getZoom();
    const side = 256 * 2 ** zoom;
    const origin = this._map.getPixelOrigin();
    const { min, max } = this._bounds;
    const view = [(min.x + origin.x) / side, (min.y + origin.y) / side, (max.x + origin.x) / side, (max.y + origin.y) / side];
    const sheet = getComputedStyle(document.documentElement);
    this.colours = Object.fromEntries(
      ["outline", "number", "on-number", "page", "halo"].map((name) => [name, sheet.getPropertyValue(`--${name}`).trim()]),
    );
    if (this.paper.matches) this.base.drawUnder(this);
    this._ctx.lineJoin = "round";
    this.drawn = [];
    for (let world = Math.floor(view[0]); world <= Math.floor(view[2]); world += 1) {
      const toX = (x) => (x + world) * side - origin.x;
      const toY = (y) => y * side - origin.y;
      const seen = ([west, north, east, south]) => east + world >= view[0] && west + world <= view[2] && south >= view[1] && north <= view[3];
      this._areas(toX, toY, seen);
      this._points(toX, toY, seen, zoom, side);
    }
  },

  _areas(toX, toY, seen) {
    const { marks, _ctx: context } = this;
    marks.areas.forEach((area, m) => {
      if (!marks.count[m] || !seen(area.box)) return;
      const chosen = this.chosen?.m === m;
      const style = marks.style(m);
      context.beginPath();
      for (const { points, box } of area.rings) {
        if (!seen(box)) continue;
        let lastX = Infinity;
        let lastY = Infinity;
        for (let k = 0; k < points.length; k += 2) {
          const [x, y] = [toX(points[k]), toY(points[k + 1])];
          if (Math.abs(x - lastX) + Math.abs(y - lastY) < 1 && k) continue; // simplified by zoom
          if (k) context.lineTo(x, y);
          else context.moveTo(x, y);
          [lastX, lastY] = [x, y];
        }
        context.closePath();
      }
      context.save();
      context.globalAlpha = chosen ? 0.4 : style.pale ? 0.12 : 0.24;
      const colour = marks.type[m] < 0 ? this.colours.halo : marks.symbol(m).colour;
      context.fillStyle = style.hatched ? hatch(context, colour) : colour;
      if (!style.hollow) context.fill("evenodd");
      context.restore();
      context.setLineDash(area.rough ? [6, 4] : []);
      context.lineWidth = chosen ? 3 : 1.2;
      context.strokeStyle = this.colours.outline;
      context.stroke();
      context.setLineDash([]);
    });
  },

  _points(toX, toY, seen, zoom, side) {
    const { marks } = this;
    const from = marks.areas.length;
    let visible = [];
    for (let m = from; m < marks.size; m += 1) {
      if (!marks.count[m]) continue;
      const [x, y] = [marks.points[2 * (m - from)], marks.points[2 * (m - from) + 1]];
      if (seen([x, y, x, y])) visible.push(m);
    }
    if (visible.length <= CIRCLES) this._circles(visible, toX, toY, zoom);
    let rings = [];
    if (visible.length > APART && zoom < this._map.getMaxZoom()) [visible, rings] = this._grid(visible, side);
    for (const ring of rings) this._ring({ ...ring, x: toX(ring.x), y: toY(ring.y) });
    for (const m of visible) this._point(m, toX, toY);
    if (this.chosen && !marks.isArea(this.chosen.m) && marks.count[this.chosen.m]) {
      this._circles([this.chosen.m], toX, toY, zoom, this.chosen.metres);
      this._point(this.chosen.m, toX, toY);
    }
  },

  /** Part points into those alone in their cell of the grid and rings of those that share one. */
  _grid(visible, side) {
    const { marks } = this;
    const cells = new Map();
    const across = Math.ceil(side / CELL) + 1;
    for (const m of visible) {
      const [x, y] = marks.at(m);
      const key = Math.floor((y * side) / CELL) * across + Math.floor((x * side) / CELL);
      const cell = cells.get(key);
      if (cell) cell.push(m);
      else cells.set(key, [m]);
    }
    const alone = [];
    const rings = [];
    for (const cell of cells.values()) {
      const members = cell.filter((m) => m !== this.chosen?.m); // the chosen one is drawn last, for itself
      if (!members.length) continue;
      if (members.length === 1) {
        alone.push(members[0]);
        continue;
      }
      let [sx, sy, low, high] = [0, 0, 0, 0];
      for (const m of members) {
        const [x, y] = marks.at(m);
        sx += x;
        sy += y;
        low += marks.low[m];
        high = high < 0 || marks.high[m] < 0 ? -1 : high + marks.high[m];
      }
      const type = members.every((m) => marks.type[m] === marks.type[members[0]]) ? marks.type[members[0]] : -1;
      rings.push({ x: sx / members.length, y: sy / members.length, low, high, type, members });
    }
    return [alone, rings];
  },

  _ring({ x, y, low, high, type, members }) {
    const context = this._ctx;
    const words_ = shortNumber(low) + (high < 0 ? "+" : "");
    context.font = "600 11px system-ui, sans-serif";
    const radius = Math.max(12, Math.min(20, 9 + 2.4 * Math.log10(low + 1)), context.measureText(words_).width / 2 + 5);
    const circle = (r) => {
      context.beginPath();
      context.arc(x, y, r, 0, 2 * Math.PI);
    };
    circle(radius);
    context.fillStyle = this.colours.page;
    context.fill();
    context.lineWidth = 3.5;
    context.strokeStyle = type < 0 ? this.colours.halo : symbolOf(textAt(type)).colour;
    circle(radius - 2.5);
    context.stroke();
    context.lineWidth = 1.2;
    context.strokeStyle = this.colours.outline;
    circle(radius);
    context.stroke();
    context.fillStyle = this.colours.outline;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.direction = "ltr";
    context.fillText(words_, x, y + 0.5);
    this.drawn.push({ x, y, reach: radius, members });
  },

  _point(m, toX, toY) {
    const { marks, _ctx: context } = this;
    const [px, py] = marks.at(m);
    const [x, y] = [toX(px), toY(py)];
    const chosen = this.chosen?.m === m;
    drawSymbol(context, marks.symbol(m), x, y, chosen ? RADIUS + 3 : RADIUS, this.colours, { ...marks.style(m), width: chosen ? 3 : 1.6 });
    const events = marks.events(m);
    const number = events[0] === 1 && events[1] === 1 ? null : shortCount(events);
    if (number) this._number(x + RADIUS * 0.75, y - RADIUS * 0.75, number);
    this.drawn.push({ x, y, reach: RADIUS + 4, m, number: Boolean(number) });
  },

  _number(x, y, words_) {
    const context = this._ctx;
    context.font = "600 11px system-ui, sans-serif";
    context.direction = "ltr";
    const half = Math.max(8, context.measureText(words_).width / 2 + 5);
    context.beginPath();
    context.roundRect(x - 8, y - 8, half * 2, 16, 8);
    context.fillStyle = this.colours.number;
    context.fill();
    context.fillStyle = this.colours["on-number"];
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(words_, x - 8 + half, y + 0.5);
  },

  /** The circles that hold the true places: where they are wider than their marks. */
  _circles(list, toX, toY, zoom, metres = null) {
    const context = this._ctx;
    for (const m of list) {
      const [px, py] = this.marks.at(m);
      const radius = (metres ?? this.marks.metres[m]) / metresPerPixel(latOf(py), zoom);
      if (radius < RADIUS * 1.5 && metres === null) continue;
      context.save();
      context.beginPath();
      context.arc(toX(px), toY(py), radius, 0, 2 * Math.PI);
      context.strokeStyle = this.colours.outline;
      context.fillStyle = this.marks.symbol(m).colour;
      context.globalAlpha = metres === null ? 0.05 : 0.12;
      context.fill();
      context.globalAlpha = metres === null ? 0.45 : 1;
      context.setLineDash([5, 4]);
      context.lineWidth = metres === null ? 1 : 1.6;
      context.stroke();
      context.restore();
    }
  },

  /** What is under a point of the map's window: a mark's number, a ring's members, or null. */
  hit(containerPoint) {
    const { x, y } = this._map.containerPointToLayerPoint(containerPoint);
    let best = null;
    let nearest = Infinity;
    for (const item of this.drawn) {
      const away = Math.hypot(item.x - x, item.y - y);
      if (away <= item.reach && away < nearest) [best, nearest] = [item, away];
    }
    if (best) return best.members ? { members: best.members } : { m: best.m };
    const at = this._map.containerPointToLatLng(containerPoint);
    const projected = mercator([at.lng, at.lat]).points;
    for (let m = this.marks.areas.length - 1; m >= 0; m -= 1) { // the smallest lies on top
      for (const world of [0, -1, 1]) {
        if (this.marks.count[m] && inside(this.marks.areas[m].rings, projected[0] + world, projected[1])) return { m };
      }
    }
    return null;
  },
});

const compact = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
const shortNumber = (n) => (n < 10000 ? numbers.format(n) : compact.format(n));
