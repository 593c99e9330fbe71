/* The data block: tables of columns. An incident is put together from them when it is looked at, not before. */

const data = JSON.parse(document.getElementById("geomap-data").textContent);
const words = data.words;
const N = data.size;

/** A column of a table; one that is left out holds nothing. */
function column(table, name, nothing, length) {
  return data[table][name] ?? new Array(length).fill(nothing);
}

const textOf = (k) => data.strings[k];
const textAt = (k) => textOf(k) || null;

const fields = Object.fromEntries(
  Object.entries({
    id: "", title: 0, lang: 0, type: 0, sub: 0, start: null, end: null, date_precision: 0, basis: 0, place: -1, mark: -1,
    count_min: 1, count_max: 1, aggregate: 0, killed_min: -1, killed_max: -1, injured_min: -1, injured_max: -1, actor: 0,
    by: 0, target: 0, weapon: 0, damage: 0, status: 0, confidence: -1, place_confidence: -1, sources: 1, articles: [],
    quotes: 1, reports: 0, spots: 1, review: 0,
  }).map(([name, nothing]) => [name, column("incidents", name, nothing, N)]),
);

/** The rows of a table, as objects with every field. */
function tableOf(name, nothing) {
  const table = data[name];
  const length = Object.values(table)[0]?.length ?? 0;
  const columns = Object.entries(nothing).map(([field, none]) => [field, column(name, field, none, length)]);
  return { length, row: (k) => Object.fromEntries(columns.map(([field, values]) => [field, values[k]])) };
}

const places = tableOf("places", {
  id: 0, written: 0, name: 0, country: 0, admin1: 0, relation: 0, precision: 0, kind: 0, metres: -1,
  lng: null, lat: null, acled: -1, ucdp: -1,
});
const spots = tableOf("spots", { place: -1, article: 0, start: 0, end: 0, reasons: [], rejected: [] });
const quotes = tableOf("quotes", { excerpt: 0, at: 0, length: 0, marks: [], supports: 0, prefix: 32, suffix: 32 });
const reports = tableOf("reports", { source: 0, type: 0, stance: 0, article: -1, quote: -1, start: 0, end: 0 });
const articleRows = tableOf("articles", { id: 0, title: 0, url: 0, published: null, lang: 0 });
const excerptRows = tableOf("excerpts", { article: -1, start: 0 });

/** Where the quotes and reports of each incident begin in their tables. */
function startsOf(counts) {
  const starts = new Uint32Array(N + 1);
  for (let n = 0; n < N; n += 1) starts[n + 1] = starts[n] + counts[n];
  return starts;
}

const firstQuote = startsOf(fields.quotes);
const firstReport = startsOf(fields.reports);
const firstSpot = startsOf(fields.spots);

let excerptTexts = null;

/** The words of an excerpt. They are read when the first is asked for: the map is there before they are. */
function excerptText(k) {
  excerptTexts ??= JSON.parse(document.getElementById("geomap-texts").textContent);
  return excerptTexts[k];
}

const ISO_DAY = 86400000;
const isoDay = (days) => (days === null ? null : new Date(days * ISO_DAY).toISOString().slice(0, 10));
const known = (n) => (n < 0 ? null : n);

/** Both ends of a range; null when nothing is said at all. */
function rangeOf(low, high) {
  return low < 0 && high < 0 ? null : [known(low), known(high)];
}

function article(k) {
  if (k < 0 || k >= articleRows.length) return null;
  const row = articleRows.row(k);
  return { id: textAt(row.id), title: textAt(row.title), url: textAt(row.url), published: isoDay(row.published), lang: textAt(row.lang) };
}

function placeAt(k) {
  if (k < 0) return null;
  const row = places.row(k);
  return {
    id: textAt(row.id), written: textAt(row.written) ?? "", name: textAt(row.name) ?? "", country: textAt(row.country),
    admin1: textAt(row.admin1), relation: textAt(row.relation), precision: textAt(row.precision), kind: textAt(row.kind),
    metres: known(row.metres), lng: row.lng, lat: row.lat, acled: known(row.acled), ucdp: known(row.ucdp),
  };
}

/** Where an article names a place of an incident, and why it was read so. */
function spot(k) {
  const row = spots.row(k);
  return {
    place: placeAt(row.place), article: textAt(row.article) ?? "", start: row.start, end: row.end,
    reasons: row.reasons.map(textOf), rejected: row.rejected.map(textOf),
  };
}

/** The words of a quote alone. */
function quotedWords(k) {
  const at = quoteColumn.at?.[k] ?? 0;
  return excerptText(quoteColumn.excerpt?.[k] ?? 0).slice(at, at + (quoteColumn.length?.[k] ?? 0));
}

const quoteColumn = data.quotes;

/** A quote: its words, its context, and its marks as [start, length, what]. */
function quote(k) {
  const row = quotes.row(k);
  const { article: from, start } = excerptRows.row(row.excerpt);
  const all = excerptText(row.excerpt);
  const before = all.slice(0, row.at);
  const after = all.slice(row.at + row.length);
  const marks = [];
  for (let m = 0; m < row.marks.length; m += 3) marks.push([row.marks[m], row.marks[m + 1], textAt(row.marks[m + 2])]);
  return {
    exact: all.slice(row.at, row.at + row.length),
    before,
    after,
    prefix: row.prefix ? [...before].slice(-row.prefix).join("") : "",
    suffix: [...after.slice(0, 2 * row.suffix)].slice(0, row.suffix).join(""),
    start: start + [...before].length,
    article: from,
    marks,
    supports: (textAt(row.supports) ?? "").split(",").filter(Boolean),
  };
}

function report(k) {
  const row = reports.row(k);
  return { ...row, source: textAt(row.source) ?? "", type: textAt(row.type), stance: textAt(row.stance) };
}

function rowsOf(starts, n, read) {
  return Array.from({ length: starts[n + 1] - starts[n] }, (_, k) => read(starts[n] + k));
}

const quotesOf = (n) => rowsOf(firstQuote, n, quote);
const reportsOf = (n) => rowsOf(firstReport, n, report);
const spotsOf = (n) => rowsOf(firstSpot, n, spot);

const made = new Map();

/** An incident by its number, without its quotes. */
function incident(n) {
  const before = made.get(n);
  if (before) return before;
  const at = (name) => fields[name][n];
  const found = {
    n,
    id: at("id"),
    title: textAt(at("title")) ?? "",
    lang: textAt(at("lang")),
    type: textAt(at("type")),
    sub: textAt(at("sub")),
    when: { start: isoDay(at("start")), end: isoDay(at("end")), precision: textAt(at("date_precision")), basis: textAt(at("basis")) },
    place: placeAt(at("place")),
    mark: known(at("mark")),
    count: rangeOf(at("count_min"), at("count_max")) ?? [null, null],
    aggregate: at("aggregate") === 1,
    killed: rangeOf(at("killed_min"), at("killed_max")),
    injured: rangeOf(at("injured_min"), at("injured_max")),
    actor: textAt(at("actor")),
    by: textAt(at("by")),
    target: textAt(at("target")),
    weapon: textAt(at("weapon")),
    damage: textAt(at("damage")),
    status: textAt(at("status")),
    confidence: at("confidence") < 0 ? null : at("confidence") / 1000,
    placeConfidence: at("place_confidence") < 0 ? null : at("place_confidence") / 1000,
    sources: at("sources"),
    articles: at("articles"),
    review: textAt(at("review")) ?? "machine",
  };
  if (made.size > 5000) made.clear();
  made.set(n, found);
  return found;
}
