/* The side list, which is the primary way to read the map (a canvas has no keyboard), and the legend. Only the lines in
   view are elements: the list of a hundred thousand incidents is as quick as that of ten. */

const ROW = 112; // px; the style sheet gives a line this height
const AROUND = 8; // lines beyond the window, for the keyboard to go on to

/** Newest first; incidents without a date come last; the order of the input decides the rest. */
const order = (() => {
  const last = (n) => fields.end[n] ?? fields.start[n] ?? -Infinity;
  const keys = Float64Array.from({ length: N }, (_, n) => last(n));
  return Uint32Array.from({ length: N }, (_, n) => n).sort((a, b) => keys[b] - keys[a] || a - b);
})();

class List {
  constructor(onChoose) {
    this.list = document.getElementById("list");
    this.onChoose = onChoose;
    this.rows = new Map(); // position → element
    this.current = null;
    this.lines = order;
    document.getElementById("list-title").append(words.list);
    this.note = el("p", { class: "note", id: "nothing", hidden: true }, N ? words.no_match : words.no_incidents);
    this.list.after(this.note);
    document.addEventListener("scroll", () => this.draw(), { capture: true, passive: true });
    window.addEventListener("resize", () => this.draw());
    this.list.addEventListener("keydown", (event) => this._key(event));
  }

  /** Show what is shown. */
  refresh() {
    this.lines = shownCount === N ? order : order.filter((n) => shown[n]);
    this.list.style.blockSize = `${this.lines.length * ROW}px`;
    this.list.hidden = this.lines.length === 0;
    this.note.hidden = this.lines.length > 0;
    this.position = null; // of each incident; made when asked for
    for (const row of this.rows.values()) row.remove();
    this.rows.clear();
    this.draw();
  }

  /** The positions that are in the window, of the page or of the side that scrolls. */
  _window() {
    const box = this.list.getBoundingClientRect();
    const side = document.getElementById("side").getBoundingClientRect();
    const top = Math.max(0, side.top) - box.top;
    const bottom = Math.min(window.innerHeight, side.bottom) - box.top;
    const first = Math.max(0, Math.floor(top / ROW) - AROUND);
    return [first, Math.max(first, Math.min(this.lines.length, Math.ceil(bottom / ROW) + AROUND))];
  }

  draw() {
    const [first, end] = this._window();
    for (const [at, row] of this.rows) {
      if ((at < first || at >= end) && !row.contains(document.activeElement)) {
        row.remove();
        this.rows.delete(at);
      }
    }
    let before = null; // keep the order of the page that of the list: tabs and readers follow it
    for (let at = end - 1; at >= first; at -= 1) {
      let row = this.rows.get(at);
      if (!row) {
        row = this._row(at);
        this.rows.set(at, row);
        this.list.insertBefore(row, before);
      }
      before = row;
    }
  }

  _row(at) {
    const n = this.lines[at];
    const button = incidentButton(incident(n));
    button.addEventListener("click", () => this.onChoose(n));
    if (n === this.current) button.setAttribute("aria-current", "true");
    const row = el("li", { "aria-setsize": this.lines.length, "aria-posinset": at + 1 }, button);
    row.style.insetBlockStart = `${at * ROW}px`;
    return row;
  }

  /** Arrows walk along the list, Home and End go to its ends. */
  _key(event) {
    const row = event.target.closest("li");
    if (!row) return;
    const at = Number(row.getAttribute("aria-posinset")) - 1;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: this.lines.length - 1 }[event.key];
    if (to === undefined || to < 0 || to >= this.lines.length) return;
    event.preventDefault();
    this.reveal(to)?.focus();
  }

  /** Scroll to a position and give its button. */
  reveal(at) {
    const [first, end] = this._window();
    if (at < first + AROUND || at >= end - AROUND) {
      const row = this.rows.get(at) ?? this._row(at);
      if (!row.isConnected) {
        this.list.append(row);
        this.rows.set(at, row);
      }
      row.scrollIntoView({ block: "nearest" });
      this.draw();
    }
    return this.rows.get(at)?.querySelector("button") ?? null;
  }

  /** Mark the chosen incident, or none; gives its button. */
  mark(n) {
    for (const button of this.list.querySelectorAll("[aria-current]")) button.removeAttribute("aria-current");
    this.current = n;
    if (n === null) return null;
    if (!this.position) {
      this.position = new Int32Array(N).fill(-1);
      this.lines.forEach((line, at) => (this.position[line] = at));
    }
    const at = this.position[n];
    const button = at < 0 ? null : this.reveal(at);
    button?.setAttribute("aria-current", "true");
    return button;
  }
}

/** The legend, with how many of each are shown. */
class Legend {
  constructor(marks, open) {
    this.marks = marks;
    const legend = document.getElementById("legend");
    legend.open = open;
    legend.hidden = N === 0;
    legend.querySelector("summary").append(words.legend);
    this.list = legend.querySelector("ul");
    this.types = [];
    const entry = (sign, ...said) => {
      const line = el("li", {}, sign, el("span", {}, ...said));
      this.list.append(line);
      return line;
    };
    const { type } = facets;
    for (const name of Object.keys(SYMBOLS)) {
      const codes = type.values.flatMap((value, code) => (symbolOf(value) === SYMBOLS[name] ? [code] : []));
      if (!codes.length) continue;
      const count = el("bdi", { class: "count", dir: "ltr" });
      this.types.push({ codes, count, line: entry(icon(SYMBOLS[name]), words.event_type[name], " ", count) });
    }
    const some = (test) => Array.from({ length: marks.size }, (_, m) => m).some(test);
    if (some((m) => marks.type[m] < 0)) entry(icon(SEVERAL), words.several_types);
    if (marks.areas.length) entry(el("span", { class: "swatch-area" }), words.key_area);
    if (marks.areas.some(({ rough }) => rough)) entry(el("span", { class: "swatch-area rough" }), words.key_approximate);
    if (marks.size > marks.areas.length) entry(el("span", { class: "swatch-circle" }), words.key_circle);
    if (some((m) => !marks.isArea(m) && (marks.low[m] !== 1 || marks.high[m] !== 1))) {
      entry(el("span", { class: "swatch-number", dir: "ltr" }, "≥ 2"), words.key_number);
    }
    if (marks.size - marks.areas.length > APART) entry(el("span", { class: "swatch-ring", dir: "ltr" }, "9"), words.key_ring);
    const { status } = facets;
    if (status.values.includes("disputed")) entry(icon(SYMBOLS.other, { hatched: true }), words.key_disputed);
    if (status.values.includes("denied")) entry(icon(SYMBOLS.other, { hollow: true }), words.key_denied);
    if (fields.confidence.some((c) => c >= 0 && c < PALE)) entry(icon(SYMBOLS.other, { pale: true }), words.key_pale);
  }

  refresh() {
    const counts = new Uint32Array(facets.type.values.length);
    for (let n = 0; n < N; n += 1) if (shown[n]) counts[facets.type.codes[n]] += 1;
    for (const { codes, count, line } of this.types) {
      const sum = codes.reduce((all, code) => all + counts[code], 0);
      count.textContent = numbers.format(sum);
      line.classList.toggle("empty", sum === 0);
    }
  }
}
