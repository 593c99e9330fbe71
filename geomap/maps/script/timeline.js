/* When: bars of how many incidents, a brush over them, and play. An incident whose date is known only as a span longer
   than a bar, or on one side only, is drawn lighter, in each bar it may belong to. */

const BARS = 48;
const STEPS = [1, 2, 7, 14, 30.4375, 91.3125, 182.625, 365.25, 730.5, 1826.25, 3652.5, 36525]; // days
const PACE = 700; // ms

class Timeline {
  constructor(onChange) {
    this.onChange = onChange;
    this.section = document.getElementById("time");
    this.timer = null;
    this.section.hidden = !(span.last > span.first); // one day needs no axis
    if (this.section.hidden) return;
    const days = span.last - span.first + 1;
    this.step = STEPS.find((step) => days / step <= BARS) ?? days / BARS;
    this.bars = Math.max(1, Math.ceil(days / this.step));
    this.canvas = el("canvas", { role: "img" });
    this.low = this._handle(words.from);
    this.high = this._handle(words.to);
    this.says = el("output", { class: "says" });
    this.play = el("button", { type: "button", class: "play" }, "▶ ", words.play);
    this.play.addEventListener("click", () => (this.timer ? this.stop() : this.start()));
    this.undated = el("input", { type: "checkbox" });
    this.undated.addEventListener("change", () => {
      choices.undated = this.undated.checked;
      onChange();
    });
    this.undatedCount = el("bdi", { class: "count", dir: "ltr" }, numbers.format(span.undated));
    const brush = el("div", { class: "brush", dir: "ltr" }, this.canvas, this.low, this.high);
    this.section.append(
      el("h2", {}, words.time),
      brush,
      el("p", { class: "controls" }, this.play, this.says,
        span.undated ? el("label", { class: "choice" }, this.undated, words.undated, " ", this.undatedCount) : null),
    );
    this._drag(brush);
    new ResizeObserver(() => this.draw()).observe(brush);
  }

  _handle(label) {
    const handle = el("input", { type: "range", min: 0, max: this.bars, step: 1, "aria-label": label });
    handle.addEventListener("input", () => {
      this.stop();
      const [a, b] = [Number(this.low.value), Number(this.high.value)];
      this._choose(Math.min(a, b), Math.max(a, b));
    });
    return handle;
  }

  /** Draw across the bars to choose them; a press on a bar chooses it. */
  _drag(brush) {
    let from = null;
    const barAt = (event) => {
      const box = brush.getBoundingClientRect();
      return Math.max(0, Math.min(this.bars - 1, Math.floor(((event.clientX - box.left) / box.width) * this.bars)));
    };
    const move = (event) => {
      const bar = barAt(event);
      this._choose(Math.min(from, bar), Math.max(from, bar) + 1);
    };
    this.canvas.addEventListener("pointerdown", (event) => {
      this.stop();
      from = barAt(event);
      this.canvas.setPointerCapture(event.pointerId);
      move(event);
    });
    this.canvas.addEventListener("pointermove", (event) => from !== null && move(event));
    for (const end of ["pointerup", "pointercancel"]) this.canvas.addEventListener(end, () => (from = null));
  }

  /** The first day of a bar. */
  dayOf(bar) {
    return span.first + Math.round(bar * this.step);
  }

  _choose(low, high) {
    const all = low <= 0 && high >= this.bars;
    choices.from = all ? null : this.dayOf(low);
    choices.to = all ? null : Math.max(this.dayOf(low), this.dayOf(high) - 1);
    this.onChange();
  }

  /** Which bars are chosen: [first, one after the last]. */
  chosen() {
    const barOf = (day_) => (day_ - span.first) / this.step;
    const low = choices.from === null ? 0 : Math.max(0, Math.min(this.bars - 1, Math.round(barOf(choices.from))));
    const high = choices.to === null ? this.bars : Math.max(low + 1, Math.min(this.bars, Math.round(barOf(choices.to + 1))));
    return [low, high];
  }

  start() {
    const [from, high] = this.chosen();
    let low = from;
    const width = high - low >= this.bars ? Math.max(1, Math.round(this.bars / 12)) : high - low;
    low = high - low >= this.bars ? 0 : low;
    const turn = () => {
      if (low >= this.bars) low = 0;
      this._choose(low, Math.min(this.bars, low + width));
      low += Math.max(1, Math.floor(width / 2));
    };
    this.play.replaceChildren("❚❚ ", words.pause);
    this.timer = setInterval(turn, PACE);
    turn();
  }

  stop() {
    if (!this.timer) return;
    clearInterval(this.timer);
    this.timer = null;
    this.play.replaceChildren("▶ ", words.play);
  }

  refresh() {
    if (this.section.hidden) return;
    const certain = new Uint32Array(this.bars + 1);
    const spread_ = new Int32Array(this.bars + 1);
    for (let n = 0; n < N; n += 1) {
      if (!beforeTime[n] || !span.dated[n]) continue;
      const first = Math.min(this.bars - 1, Math.floor((span.starts[n] - span.first + 0.5) / this.step));
      const last = Math.min(this.bars - 1, Math.floor((span.ends[n] - span.first + 0.5) / this.step));
      if (first === last && fields.start[n] !== null && fields.end[n] !== null) {
        certain[first] += 1;
      } else {
        spread_[first] += 1;
        spread_[last + 1] -= 1;
      }
    }
    for (let k = 1; k <= this.bars; k += 1) spread_[k] += spread_[k - 1];
    Object.assign(this, { certain, spread: spread_ });
    const [low, high] = this.chosen();
    const free = choices.from === null && choices.to === null;
    [this.low.value, this.high.value] = [low, high];
    const [a, b] = [day(isoDay(choices.from ?? span.first)), day(isoDay(choices.to ?? span.last))];
    this.low.setAttribute("aria-valuetext", a);
    this.high.setAttribute("aria-valuetext", b);
    this.says.replaceChildren(foreign(a, words.language), " – ", foreign(b, words.language));
    this.canvas.setAttribute("aria-label", `${words.time}: ${a} – ${b}`);
    this.section.classList.toggle("free", free);
    this.undated.checked = choices.undated;
    this.draw();
  }

  draw() {
    const { canvas, bars, certain, spread: lighter } = this;
    if (!certain) return;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    const scale = window.devicePixelRatio || 1;
    if (!width) return;
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    const context = canvas.getContext("2d");
    context.scale(scale, scale);
    const sheet = getComputedStyle(document.documentElement);
    const colour = (name) => sheet.getPropertyValue(name);
    const [low, high] = this.chosen();
    let top = 1;
    for (let k = 0; k < bars; k += 1) top = Math.max(top, certain[k] + lighter[k]);
    const across = width / bars;
    for (let k = 0; k < bars; k += 1) {
      const inside_ = k >= low && k < high;
      const tall = (n) => (n ? Math.max(2, (n / top) * (height - 4)) : 0);
      const [sure, both] = [tall(certain[k]), tall(certain[k] + lighter[k])];
      context.globalAlpha = inside_ ? 1 : 0.35;
      context.fillStyle = colour("--bar-light");
      context.fillRect(k * across + 0.5, height - both, Math.max(1, across - 1), both - sure);
      context.fillStyle = colour("--bar");
      context.fillRect(k * across + 0.5, height - sure, Math.max(1, across - 1), sure);
    }
  }
}
