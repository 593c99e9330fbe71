/* The base map: land, coasts and borders on one canvas under everything, repeated around the world.

   The lines come as letters that hold the steps from one position to the next. They are projected once, to Web Mercator on a
   square of side 1; drawing at any zoom is then a multiplication. */

/**
 * Undo the steps: [lng, lat, lng, lat ...] in degrees. Letters from "?" on hold five bits each (gazetteer/lines.py).
 * No line has more numbers than letters, so one array is enough for all of them.
 */
let room = new Float64Array(1 << 12);

function decode(letters, decimals) {
  const { length } = letters;
  if (room.length < length) room = new Float64Array(2 * length);
  const scale = 10 ** decimals;
  let [x, y, bits, shift, end] = [0, 0, 0, 0, 0];
  for (let k = 0; k < length; k += 1) {
    const group = letters.charCodeAt(k) - 63;
    bits |= (group & 31) << shift;
    if (group >= 32) {
      shift += 5;
      continue;
    }
    const step = (bits >>> 1) ^ -(bits & 1);
    if (end & 1) {
      y += step;
      room[end] = y / scale;
    } else {
      x += step;
      room[end] = x / scale;
    }
    end += 1;
    bits = 0;
    shift = 0;
  }
  return room.subarray(0, end);
}

function mercator(line) {
  const projected = new Float64Array(line.length);
  let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let k = 0; k < line.length; k += 2) {
    const lat = Math.max(-85.0511, Math.min(85.0511, line[k + 1]));
    const sine = Math.sin((lat * Math.PI) / 180);
    const x = line[k] / 360 + 0.5;
    const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
    projected[k] = x;
    projected[k + 1] = y;
    if (x < west) west = x;
    if (x > east) east = x;
    if (y < north) north = y;
    if (y > south) south = y;
  }
  return { points: projected, box: [west, north, east, south] };
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
    const styled = ({ lines, decimals }) => LINES.map((style) => ({ ...style, paths: paths(lines[style.kind], decimals) }));
    this._land = paths(base.land, base.decimals);
    this._lines = styled(base);
    // The coarse world is made when it first comes into view: most maps open well inside their box.
    this._world = () => {
      const shores = paths(base.world.shores, base.world.decimals);
      const far = styled(base.world);
      far.find(({ kind }) => kind === "coast").paths = shores;
      this._world = () => ({ shores, far });
      return this._world();
    };
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
      const { shores, far } = this._world();
      fill(shores, "--land", "evenodd");
      stroke(far);
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

  /** Draw the sea and all on it under what another canvas draws: Chromium prints a canvas with a white ground. */
  drawUnder(other) {
    const own = [this._ctx, this._bounds];
    [this._ctx, this._bounds] = [other._ctx, other._bounds];
    const { min, max } = this._bounds;
    this._ctx.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--sea");
    this._ctx.fillRect(min.x, min.y, max.x - min.x, max.y - min.y);
    this._draw();
    [this._ctx, this._bounds] = own;
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
