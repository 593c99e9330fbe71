/* The labels of areas: buttons, so that the keyboard reaches what the canvas draws. */

/** Labels say how many events an area holds. Each is a button: the canvas has no keyboard, this has. */
class AreaLabels {
  constructor(map, standing, marks, open) {
    Object.assign(this, { map, standing, marks, open, made: new Map() });
  }

  /** Write the labels that fit, those of many events first; gives their boxes in pixels. */
  place() {
    const { marks, map } = this;
    const view = map.getBounds();
    const wanted = [];
    marks.areas.forEach((_, m) => {
      if (marks.count[m] && view.intersects(marks.bounds(m))) wanted.push(m);
    });
    wanted.sort((a, b) => marks.low[b] - marks.low[a] || a - b);
    const size = map.getSize();
    const taken = [];
    const fitting = new Set();
    this.countries = new Set();
    const candidates = wanted
      .slice(0, 2 * LABELS)
      .map((m) => ({ m, at: map.latLngToContainerPoint(marks.latLng(m)) }))
      .filter(({ at }) => at.x >= 0 && at.y >= 0 && at.x <= size.x && at.y <= size.y);
    // Written first, measured after: to write and measure in turn would lay the page out once a label.
    const written_ = candidates.map(({ m, at }) => ({ m, at, label: this._label(m) }));
    for (const { label } of written_) this._measure(label);
    for (const { m, at, label } of written_) {
      if (fitting.size >= LABELS) break;
      const fits = (size_) => !taken.some((other) => overlaps(nameBox(at, size_, "middle", 0), other));
      const whole = wanted.length <= CROWD && fits(label.size);
      if (!whole && wanted.length > FEW && !fits(label.small)) continue; // a few may touch: each of them is needed
      label.node.classList.toggle("compact", !whole);
      const box = nameBox(at, whole ? label.size : label.small, "middle", 0);
      fitting.add(m);
      if (whole && label.country) this.countries.add(label.country);
      taken.push([box[0] - 2, box[1] - 2, box[2] + 2, box[3] + 2]);
    }
    for (const [m, { whole, at }] of this.made) {
      whole.classList.toggle("left-out", !fitting.has(m));
      if (fitting.has(m)) this.standing.put(whole, at);
    }
    return taken;
  }

  _label(m) {
    const { marks } = this;
    let label = this.made.get(m);
    if (!label) {
      const node = el("span", { class: "area-label", dir: words.direction });
      const whole = el("div", { class: "geomap-label area-button", role: "button", tabindex: 0 }, node);
      label = { node, whole, at: marks.latLng(m), said: "", size: null };
      const open = (event) => {
        event.preventDefault();
        event.stopPropagation(); // the map would open what lies under it
        this.open(m, label.at);
      };
      whole.addEventListener("click", open);
      whole.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") open(event);
      });
      this.made.set(m, label);
      this.standing.pane.append(whole);
    }
    const count = shortCount(marks.events(m));
    const said = `${count} ${marks.type[m]} ${marks.denied[m]}${marks.disputed[m]}`;
    if (said !== label.said) {
      label.said = said;
      const about = incident(marks.members.all[marks.members.starts[m]]);
      const name = placeName(about);
      label.country = about.place?.precision === "country" ? about.place.country : null;
      label.node.replaceChildren(icon(marks.symbol(m), marks.style(m)), " ", name, " ", el("b", { dir: "ltr" }, count));
      label.whole.setAttribute("aria-label", plain(`${name.textContent}: ${count}`));
      label.node.classList.remove("compact");
      label.size = null;
    }
    return label;
  }

  _measure(label) {
    if (label.size) return;
    label.size = [label.node.offsetWidth, label.node.offsetHeight];
    label.small = [label.size[0] - label.node.querySelector("bdi").offsetWidth, label.size[1]];
  }

  /** The element of a mark's label, or null. */
  element(m) {
    return this.made.get(m)?.whole ?? null;
  }
}
