/* Taking along: what is shown as GeoJSON or CSV, and a page for the printer. The keys are those of geomap/1. */

const PRINTED = 200; // incidents with their quotes; a longer list is for a file
const DECIMALS = 5;

/** The properties of an incident: what `geomap extract` writes, in the same order (geomap/exports/record.py). */
function properties(n) {
  const about = incident(n);
  const from = article(about.articles[0] ?? -1);
  const [proof] = quotesOf(n);
  const [killed, injured] = [about.killed ?? [null, null], about.injured ?? [null, null]];
  return {
    schema: data.schema,
    id: about.id,
    title: about.title,
    event_type: about.type,
    sub_type: about.sub,
    date_start: about.when.start,
    date_end: about.when.end,
    date_precision: about.when.precision,
    date_basis: about.when.basis,
    place_name: about.place?.name ?? null,
    place_id: about.place?.id ?? null,
    country: about.place?.country ?? null,
    admin1: about.place?.admin1 ?? null,
    precision: about.place?.precision ?? null,
    uncertainty_m: about.place?.metres ?? null,
    acled_geo_precision: about.place?.acled ?? null,
    ucdp_where_prec: about.place?.ucdp ?? null,
    place_confidence: about.placeConfidence,
    confidence: about.confidence,
    count_min: about.count[0],
    count_max: about.count[1],
    aggregate: about.aggregate,
    killed_min: killed[0],
    killed_max: killed[1],
    injured_min: injured[0],
    injured_max: injured[1],
    actor: about.actor,
    actor_attribution: about.by,
    target: about.target,
    weapon: about.weapon,
    damage: about.damage,
    status: about.status,
    article_count: about.articles.length,
    source_count: about.sources,
    quote: proof?.exact ?? null,
    article_id: from?.id ?? null,
    article_title: from?.title ?? null,
    article_url: from?.url ?? null,
    published: from?.published ?? null,
    language: from?.lang ?? null,
    evidence: quotesOf(n).map(evidenceRecord),
    places: spotsOf(n).map(placeRecord),
    reports: reportsOf(n).map(reportRecord),
    review: { state: about.review },
  };
}

function evidenceRecord({ article: from, exact, prefix, suffix, start, supports }) {
  return { article_id: article(from)?.id ?? null, exact, prefix, suffix, start, end: start + [...exact].length, supports };
}

function placeRecord({ place: at, article: from, start, end, reasons, rejected }) {
  return {
    article_id: from, as_written: at.written, start, end, place_id: at.id ?? "", name: at.name, kind: at.kind, lng: at.lng,
    lat: at.lat, relation: at.relation, precision: at.precision, uncertainty_m: at.metres, reasons, rejected,
  };
}

function reportRecord({ source, type, stance, article: from, start, end }) {
  return { source, source_type: type, stance, article_id: article(from)?.id ?? null, start, end };
}

function geometryOf(m) {
  if (m === null) return null;
  const { areas, points, decimals } = data.marks;
  if (m >= areas.length) {
    const k = 2 * (m - areas.length);
    return { type: "Point", coordinates: [points[k] / 10 ** decimals, points[k + 1] / 10 ** decimals] };
  }
  const polygons = areas[m].area.map((polygon) => polygon.map((ring) => closedRing(decode(ring, areas[m].decimals))));
  return polygons.length === 1
    ? { type: "Polygon", coordinates: polygons[0] }
    : { type: "MultiPolygon", coordinates: polygons };
}

/** A ring as RFC 7946 wants it: closed, and on this side of the date line, which the map lets an area run over. */
function closedRing(line) {
  let [least, most] = [Infinity, -Infinity];
  for (let k = 0; k < line.length; k += 2) [least, most] = [Math.min(least, line[k]), Math.max(most, line[k])];
  const turn = least >= 180 ? -360 : most <= -180 ? 360 : 0;
  const ring = [];
  for (let k = 0; k < line.length; k += 2) {
    ring.push([Number((line[k] + turn).toFixed(DECIMALS)), Number(line[k + 1].toFixed(DECIMALS))]);
  }
  const [[x, y], [ox, oy]] = [ring[0], ring[ring.length - 1]];
  if (x !== ox || y !== oy) ring.push([x, y]);
  return ring;
}

function geojson(indices) {
  const features = indices.map((n) => {
    const { id, mark } = incident(n);
    return JSON.stringify({ type: "Feature", id, geometry: geometryOf(mark), properties: properties(n) });
  });
  const about = { schema: data.schema, attribution: data.attribution, boundaries: data.boundaries };
  const head = `{"type":"FeatureCollection",${JSON.stringify(about).slice(1, -1)}`;
  return `${head},"features":[\n${features.join(",\n")}\n]}\n`;
}

/** A cell that a spreadsheet would calculate gets an apostrophe before it, as OWASP advises. */
function csvCell(value) {
  if (value === null) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "object") return csvCell(JSON.stringify(value)); // lists, and the review
  const safe = /^[=+\-@\t\r]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function csv(indices) {
  const names = [...Object.keys(properties(indices[0])), "lng", "lat"];
  const rows = indices.map((n) => {
    const { mark } = incident(n);
    const at = geometryOf(mark !== null && mark >= data.marks.areas.length ? mark : null);
    return [...Object.values(properties(n)), ...(at?.coordinates ?? [null, null])].map(csvCell).join(",");
  });
  return `\ufeff${[names.join(","), ...rows].join("\r\n")}\r\n`; // the mark tells spreadsheets that it is UTF-8
}

function download(name, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const anchor = el("a", { href: address, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/** The buttons of the bar; `lines` gives the incidents shown, in the order of the list. */
function fillTakeaway(lines, address) {
  const bar = document.getElementById("take");
  const said = el("output", { class: "said" });
  const add = (name, label, act) => {
    const button = el("button", { type: "button", "data-act": name }, label);
    button.addEventListener("click", act);
    bar.append(button);
  };
  if (!N) return;
  add("geojson", "GeoJSON", () => download("incidents.geojson", "application/geo+json", geojson(lines())));
  add("csv", "CSV", () => download("incidents.csv", "text/csv", csv(lines())));
  add("print", words.print, () => window.print());
  if (address) add("link", words.copy_link, () => copyText(address(), said, bar));
  bar.append(said);
}

/** The list with its quotes, made when a page is printed, gone after. */
function preparePrint(lines) {
  const sheet_ = document.getElementById("printed");
  const legend = document.getElementById("legend");
  let wasOpen = false;
  const before = () => {
    if (sheet_.childNodes.length) return;
    wasOpen = legend.open;
    legend.open = true;
    const all = lines();
    sheet_.append(el("h2", {}, words.list));
    for (const n of all.slice(0, PRINTED)) {
      const card = incidentCard(incident(n));
      card.querySelector("h3").removeAttribute("tabindex");
      for (const node of card.querySelectorAll(".actions, .context-box")) node.remove();
      for (const { anchor } of [...card.querySelectorAll("a")].map((node) => ({ anchor: node }))) {
        anchor.after(" ", el("bdi", { dir: "ltr", class: "address" }, anchor.href));
      }
      sheet_.append(card);
    }
    if (all.length > PRINTED) sheet_.append(el("p", { class: "note" }, counted(words.more, all.length - PRINTED)));
    sheet_.append(el("p", { class: "note" }, words.disclaimer, " ", [words.attribution, ...data.credits, ...ownGazetteer()].join(" · ")));
  };
  const after = () => {
    sheet_.replaceChildren();
    legend.open = wasOpen;
  };
  window.addEventListener("beforeprint", before);
  window.addEventListener("afterprint", after);
}
