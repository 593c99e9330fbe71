/* What is shown: a bit an incident, from the choices of the reader. Every choice is in `choices`, and so in the link. */

const choices = { type: new Set(), status: new Set(), precision: new Set(), lang: new Set(), source: new Set(), confidence: 0, query: "", from: null, to: null, undated: true };

const NOWHERE = "nowhere"; // the precision of an incident without a place
const UNKNOWN_SOURCE = ""; // an article without an address

/** The things one can filter by: the value of each incident as a small number, and the values. */
const facets = Object.fromEntries(
  Object.entries({
    type: (n) => fields.type[n],
    status: (n) => fields.status[n],
    precision: (n) => (fields.place[n] < 0 ? 0 : data.places.precision[fields.place[n]]),
    lang: (n) => fields.lang[n],
    source: (n) => fields.articles[n]?.[0] ?? -1,
  }).map(([name, keyOf]) => [name, facetOf(name, keyOf)]),
);

function facetOf(name, keyOf) {
  const valueOf = {
    precision: (key) => textAt(key) ?? NOWHERE,
    source: (key) => hostOf(article(key)?.url) ?? UNKNOWN_SOURCE,
  }[name] ?? ((key) => textAt(key) ?? "");
  const codes = new Uint32Array(N);
  const codeOfKey = new Map();
  const codeOfValue = new Map();
  for (let n = 0; n < N; n += 1) {
    const key = keyOf(n);
    let code = codeOfKey.get(key);
    if (code === undefined) {
      const value = valueOf(key);
      code = codeOfValue.get(value) ?? codeOfValue.size;
      codeOfValue.set(value, code);
      codeOfKey.set(key, code);
    }
    codes[n] = code;
  }
  return { name, codes, values: [...codeOfValue.keys()], counts: new Uint32Array(codeOfValue.size) };
}

/* The span of each incident in days; an open side reaches as far as there are dates. */
const span = (() => {
  let [first, last] = [Infinity, -Infinity];
  for (let n = 0; n < N; n += 1) {
    for (const day_ of [fields.start[n], fields.end[n]]) {
      if (day_ === null) continue;
      if (day_ < first) first = day_;
      if (day_ > last) last = day_;
    }
  }
  const starts = new Int32Array(N);
  const ends = new Int32Array(N);
  const dated = new Uint8Array(N);
  let undated = 0;
  for (let n = 0; n < N; n += 1) {
    dated[n] = fields.start[n] !== null || fields.end[n] !== null ? 1 : 0;
    undated += 1 - dated[n];
    starts[n] = fields.start[n] ?? first;
    ends[n] = fields.end[n] ?? last;
  }
  return { first, last, starts, ends, dated, undated };
})();

const shown = new Uint8Array(N).fill(1);
const beforeTime = new Uint8Array(N).fill(1); // what the other choices leave: the bars of the histogram
let shownCount = N;
let found = { query: "", bits: null };

/** Fill `shown`, and count for each value what choosing it would leave. */
function applyChoices() {
  if (found.query !== choices.query) found = { query: choices.query, bits: search(choices.query) };
  const tests = Object.values(facets).map((facet, k) => {
    facet.counts.fill(0);
    const chosen = choices[facet.name];
    const allowed = chosen.size ? facet.values.map((value) => chosen.has(value)) : null;
    return { ...facet, allowed, bit: 1 << k };
  });
  const TIME = 1 << tests.length;
  const OTHER = TIME << 1;
  const least = choices.confidence * 10;
  const from = choices.from ?? -Infinity;
  const to = choices.to ?? Infinity;
  const timed = choices.from !== null || choices.to !== null || !choices.undated;
  shownCount = 0;
  for (let n = 0; n < N; n += 1) {
    let fails = 0;
    for (const { codes, allowed, bit } of tests) if (allowed && !allowed[codes[n]]) fails |= bit;
    if (timed && (span.dated[n] ? span.starts[n] > to || span.ends[n] < from : !choices.undated)) fails |= TIME;
    if ((found.bits && !found.bits[n]) || (fields.confidence[n] >= 0 && fields.confidence[n] < least)) fails |= OTHER;
    shown[n] = fails === 0 ? 1 : 0;
    shownCount += shown[n];
    beforeTime[n] = (fails & ~TIME) === 0 ? 1 : 0;
    for (const { codes, counts, bit } of tests) if ((fails & ~bit) === 0) counts[codes[n]] += 1;
  }
}

const isChosen = () => choices.query !== "" || choices.confidence > 0 || choices.from !== null || choices.to !== null
  || !choices.undated || Object.values(facets).some(({ name }) => choices[name].size > 0);

function clearChoices() {
  for (const { name } of Object.values(facets)) choices[name].clear();
  Object.assign(choices, { confidence: 0, query: "", from: null, to: null, undated: true });
}

const labelOf = {
  type: (value) => wordOf("event_type", value),
  status: (value) => wordOf("status", value),
  precision: (value) => (value === NOWHERE ? words.no_place : wordOf("precision", value)),
  lang: (value) => languageName(value),
  source: (value) => value || words.no_address,
};

/** The boxes to tick; `onChange` is called when one changes. */
class FilterPanel {
  constructor(onChange) {
    this.onChange = onChange;
    this.groups = [];
    this.clear = null;
    this.panel = document.getElementById("filters");
    this.panel.querySelector("summary").append(words.filters);
    this.panel.hidden = N < 2;
    this.panel.addEventListener("toggle", () => this.refresh());
  }

  /** The boxes are made when a reader opens the panel: a page of many publishers need not wait for theirs. */
  _make() {
    const body = this.panel.querySelector("div");
    for (const facet of Object.values(facets)) {
      if (facet.values.length > 1) body.append(this._group(facet));
    }
    this.confidence = el("input", { type: "range", min: 0, max: 100, step: 5, value: 0, id: "confidence" });
    this.percent = el("output", { for: "confidence", dir: "ltr" });
    this.confidence.addEventListener("input", () => {
      choices.confidence = Number(this.confidence.value);
      this.onChange();
    });
    body.append(el("label", { class: "slider" }, words.least_confidence, " ", this.percent, this.confidence));
    this.clear = el("button", { type: "button", class: "clear" }, words.clear_filters);
    this.clear.addEventListener("click", () => {
      clearChoices();
      this.onChange();
    });
    body.append(this.clear);
  }

  _group(facet) {
    const rows = facet.values.map((value, code) => {
      const box = el("input", { type: "checkbox", name: facet.name });
      const count = el("bdi", { class: "count", dir: "ltr" });
      box.addEventListener("change", () => {
        choices[facet.name][box.checked ? "add" : "delete"](value);
        this.onChange();
      });
      const label = labelOf[facet.name](value);
      const sign = facet.name === "type" ? icon(symbolOf(value)) : null;
      return { code, value, box, count, label, row: el("label", { class: "choice" }, box, sign, foreign(label), count) };
    });
    const total = new Map(rows.map(({ code }) => [code, 0]));
    for (const code of facet.codes) total.set(code, total.get(code) + 1);
    rows.sort((a, b) => total.get(b.code) - total.get(a.code) || (a.label < b.label ? -1 : 1));
    const box = el("div", { class: "choices" }, rows.map(({ row }) => row));
    this.groups.push({ facet, rows });
    return el("fieldset", {}, el("legend", {}, words.facets[facet.name]), box);
  }

  refresh() {
    if (!this.panel.open && !this.clear) return;
    if (!this.clear) this._make();
    for (const { facet, rows } of this.groups) {
      for (const { code, value, box, count, row } of rows) {
        box.checked = choices[facet.name].has(value);
        const n = facet.counts[code];
        count.textContent = numbers.format(n);
        row.classList.toggle("empty", n === 0);
      }
    }
    this.confidence.value = choices.confidence;
    this.percent.textContent = `≥ ${numbers.format(choices.confidence)} %`;
    this.clear.disabled = !isChosen();
  }
}
