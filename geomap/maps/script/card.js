/* The card of an incident: what is known, how well, and the words that prove it. Built of text nodes only. */

/** One incident in full. `onBack` leads to the other incidents of its mark. */
function incidentCard(incident, { isArea, onBack = null } = {}) {
  const language = incident.lang;
  const card = el(
    "article",
    { class: "card", dir: words.direction },
    onBack && el("button", { type: "button", class: "back" }, words.back),
    el("h3", { tabindex: -1, dir: directionOf(language), lang: language }, incident.title),
    el("p", { class: "kind" }, icon(symbolOf(incident.type), drawnAs([incident])), " ", kindOf(incident), " ", statusOf(incident)),
    facts(incident, isArea),
    incident.mark === undefined ? el("p", { class: "note" }, words.off_map) : null,
    evidence(incident),
  );
  if (onBack) card.querySelector(".back").addEventListener("click", onBack);
  return card;
}

/** The incidents of one mark; `onChoose(index)` opens one. */
function placeCard(mark, onChoose) {
  const items = mark.indices.map((index) => {
    const button = incidentButton(data.incidents[index], index);
    button.addEventListener("click", () => onChoose(index));
    return el("li", {}, button);
  });
  const heading = [placeName(mark.incidents[0]), " · ", counted(words.incidents, items.length)];
  return el("article", { class: "card", dir: words.direction }, el("h3", { tabindex: -1 }, ...heading), el("ol", { class: "incidents" }, items));
}

/** One line of a list of incidents. */
function incidentButton(incident, index) {
  const language = incident.lang;
  const events = eventsOf([incident]);
  return el(
    "button",
    { type: "button", "data-incident": index },
    icon(symbolOf(incident.type), drawnAs([incident])),
    el(
      "span",
      { class: "line" },
      el("span", { class: "title", dir: directionOf(language), lang: language }, incident.title),
      el("span", { class: "where" }, placeName(incident), incident.place && ` · ${precisionOf(incident.place, isAreal(incident))}`),
      el("span", { class: "when" }, ...when(incident.when), ...(events[0] === 1 && events[1] === 1 ? [] : [" · ", ...range(incident.count)])),
    ),
  );
}

/** Whether an incident is drawn as an area; one that is not drawn is what its precision says. */
function isAreal(incident) {
  if (incident.mark !== undefined) return !data.marks[incident.mark].at;
  return !["site", "district", "settlement"].includes(incident.place?.precision);
}

function kindOf(incident) {
  const type = words.event_type[incident.type] ?? incident.type;
  const sub = incident.sub && (words.sub_type[incident.sub] ?? incident.sub);
  return sub && sub !== type ? `${type}: ${sub}` : type;
}

function statusOf(incident) {
  return el("span", { class: `status status-${incident.status}` }, words.status[incident.status]);
}

function facts(incident, isArea) {
  const { place, when: span } = incident;
  const note = (...parts) => el("small", {}, " (", ...parts, ")");
  const date = [...when(span)];
  if (span?.precision) {
    const basis = span.basis ? [words.direction === "rtl" ? "، " : ", ", words.date_basis[span.basis]] : [];
    date.push(note(words.date_precision[span.precision], ...basis));
  }
  const where = placeInFull(incident);
  if (place) {
    const around = !isArea && place.metres > 0 ? [words.direction === "rtl" ? "، " : ", ", phrase(words.within, { distance: distance(place.metres) }).join("")] : [];
    where.push(note(precisionOf(place, isArea), ...around));
  }
  const quoted = (text) => (text ? [foreign(text, incident.lang)] : null);
  const people = (span_) => span_ && (span_[0] === 0 && span_[1] === 0 ? [words.none_reported] : range(span_));
  const events = range(incident.count ?? [null, null]);
  const rows = [
    ["date", date],
    ["place", where],
    ["count", incident.aggregate ? phrase(words.in_total, { n: el("span", {}, ...events) }) : events],
    ["killed", people(incident.killed)],
    ["injured", people(incident.injured)],
    ["actor", incident.actor && [...quoted(incident.actor), incident.by ? note(words.attribution_of_actor[incident.by]) : null]],
    ["target", quoted(incident.target)],
    ["weapon", quoted(incident.weapon)],
    ["damage", quoted(incident.damage)],
    ["confidence", incident.confidence === undefined ? null : [el("bdi", { dir: "ltr" }, `${Math.round(incident.confidence * 100)}%`)]],
  ];
  const list = el("dl");
  for (const [name, value] of rows) {
    if (value?.length) list.append(el("dt", {}, words.fields[name]), el("dd", {}, ...value));
  }
  return list;
}

function evidence(incident) {
  const used = new Set();
  const quotes = incident.quotes.map((quote) => {
    const article = data.articles[quote.article];
    const language = article?.lang;
    const text = el("blockquote", { dir: directionOf(language), lang: language });
    for (const [piece, ...what] of quote.pieces) {
      if (what.length === 0) {
        show(text, piece);
        continue;
      }
      for (const kind of what) used.add(kind);
      text.append(el("mark", { class: what.map((kind) => `mark-${kind}`).join(" "), title: what.map((kind) => words.marks[kind] ?? kind).join(", ") }, piece));
    }
    return el("figure", {}, text, el("figcaption", {}, ...saidBy(quote.reports, language), articleLine(article)));
  });
  const key = el("p", { class: "key" }, `${words.highlights}: `,
    ...[...used].sort().flatMap((kind) => [el("mark", { class: `mark-${kind}` }, words.marks[kind] ?? kind), " "]));
  const others = saidBy(incident.reports, incident.lang);
  return el("section", { class: "evidence" }, el("h4", {}, words.evidence, incident.sources > 1 ? ` · ${counted(words.sources, incident.sources)}` : null), used.size ? key : null, ...quotes, ...others);
}

/** Who says so, and what they do with the news. */
function saidBy(reports, language) {
  if (!reports) return [];
  return reports.map((report) => el(
    "p",
    { class: "source" },
    `${words.reported_by}: `,
    report.type === "article" && !report.source ? words.source_type.article : foreign(report.source, data.articles[report.article]?.lang ?? language),
    el("small", {}, ` (${words.source_type[report.type] ?? report.type}, ${words.stance[report.stance] ?? report.stance})`.replace(", ", words.direction === "rtl" ? "، " : ", ")),
  ));
}

/** The article: a link where its address is fit for one. */
function articleLine(article) {
  if (!article) return null;
  const title = foreign(article.title || words.untitled, article.title ? article.lang : words.language);
  const line = el("p", { class: "article" }, (article.url && link(title, article.url)) || title);
  if (article.published) line.append(el("small", {}, " · ", ...phrase(words.published, { date: day(article.published) })));
  return line;
}
