/* Elements that stand at a place of the map: the names of the base map, and the labels of areas. They are moved when the
   map has come to rest, all at once; while it zooms they are away. Leaflet's own markers would each follow every step. */

class Standing {
  constructor(map) {
    this.map = map;
    this.pane = map.getPane("names");
    map.on("zoomstart", () => (this.pane.style.visibility = "hidden"));
  }

  /** Put an element where a place is now. Flat: Leaflet's own way would make a layer of the screen of each. */
  put(node, latLng) {
    const { x, y } = this.map.latLngToLayerPoint(latLng);
    node.style.transform = `translate(${x}px, ${y}px)`;
  }

  /** All of them stand where they should. */
  settle() {
    this.pane.style.visibility = "";
  }
}

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
  constructor(map, standing, labels_) {
    Object.assign(this, { map, standing });
    const { text: texts = [], lng, lat, kind: kinds, country = [], local: locals = [], metres = [] } = labels_;
    this.entries = texts.map((text_, k) => {
      const kind = kinds[k];
      return { kind, text: text_, local: locals[k] ?? null, country: country[k] ?? null, metres: metres[k] ?? null, at: L.latLng(lat[k], lng[k]), node: null };
    });
  }

  /** A name becomes an element when it first comes into view. */
  _make(entry) {
    const { kind, text: text_, local, country } = entry;
    const own = (kind === "country" && countryName(country)) || text_;
    entry.said = el("bdi", { dir: "auto" }, own, local && local !== own ? el("small", { dir: "auto" }, local) : null);
    entry.name = el("span", { class: `name name-${kind}` }, entry.said);
    entry.node = el("div", { class: "geomap-label", "aria-hidden": "true" }, entry.name);
    return entry.node;
  }

  /**
   * Choose again which names fit: after a zoom or a move. `occupied` are boxes in pixels of the map's window, `named`
   * the countries whose name stands on a label of incidents already.
   */
  place(occupied, named) {
    const { x: width, y: height } = this.map.getSize();
    const marked_ = [...occupied];
    const zoom = this.map.getZoom();
    const fresh = [];
    const inView = this.entries.filter((entry) => {
      const at = this.map.latLngToContainerPoint(entry.at);
      const wide = entry.metres === null || (2 * entry.metres) / metresPerPixel(entry.at.lat, zoom) > 110;
      const visible = wide && !(entry.kind === "country" && named.has(entry.country)) && at.x > 0 && at.x < width && at.y > 0 && at.y < height;
      entry.point = at;
      if (visible && !entry.node) fresh.push(this._make(entry));
      if (!visible) entry.node?.classList.add("left-out");
      return visible;
    });
    this.standing.pane.append(...fresh);
    // Reading sizes and changing styles in turn would lay the page out once a name: each size is read once, first.
    for (const entry of inView) entry.size ??= [entry.said.offsetWidth, entry.said.offsetHeight];
    for (const { node, name, at: place_, point: at, size, kind } of inView) {
      const covered = marked_.some((box) => overlaps(box, [at.x - 2, at.y - 2, at.x + 2, at.y + 2]));
      const gap = covered ? 14 : 5;
      let box = null;
      for (const side of kind === "city" ? SIDES : ["middle"]) {
        box = nameBox(at, size, side, gap);
        const whole = box[0] >= 0 && box[1] >= 0 && box[2] <= width && box[3] <= height;
        if (!whole || occupied.some((other) => overlaps(box, other))) {
          box = null;
          continue;
        }
        name.className = `name name-${kind} ${side}${covered ? " covered" : ""}`;
        break;
      }
      node.classList.toggle("left-out", box === null);
      if (!box) continue;
      occupied.push([box[0] - 3, box[1] - 1, box[2] + 3, box[3] + 1]);
      this.standing.put(node, place_);
    }
  }
}
