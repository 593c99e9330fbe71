/* The side list, which is the primary way to read the map (a canvas has no keyboard), and the legend. */

/** Newest first; incidents without a date come last; the order of the input decides the rest. */
function inOrder() {
  const last = (incident) => incident.when?.end ?? incident.when?.start ?? "";
  return data.incidents.map((_, index) => index)
    .sort((a, b) => (last(data.incidents[a]) < last(data.incidents[b]) ? 1 : last(data.incidents[a]) > last(data.incidents[b]) ? -1 : a - b));
}

function fillList(onChoose) {
  const list = document.getElementById("list");
  document.getElementById("list-title").append(words.list);
  for (const index of inOrder()) {
    const button = incidentButton(data.incidents[index], index);
    button.addEventListener("click", () => onChoose(index));
    list.append(el("li", {}, button));
  }
  if (!data.incidents.length) list.replaceWith(el("p", { class: "note" }, words.no_incidents));
}

/** Mark the chosen line, or none. */
function markLine(index) {
  for (const button of document.querySelectorAll("#list [aria-current]")) button.removeAttribute("aria-current");
  const button = document.querySelector(`#list [data-incident="${index}"]`);
  button?.setAttribute("aria-current", "true");
  button?.scrollIntoView({ block: "nearest" });
  return button;
}

function fillLegend(open) {
  const legend = document.getElementById("legend");
  legend.open = open;
  legend.hidden = !data.incidents.length;
  legend.querySelector("summary").append(words.legend);
  const list = legend.querySelector("ul");
  const entry = (sign, ...text) => list.append(el("li", {}, sign, el("span", {}, ...text)));
  for (const type of Object.keys(SYMBOLS)) {
    const n = data.incidents.filter((incident) => (symbolOf(incident.type) === SYMBOLS[type])).length;
    if (n) entry(icon(SYMBOLS[type]), words.event_type[type], " ", el("bdi", { class: "count", dir: "ltr" }, numbers.format(n)));
  }
  const marks = data.marks.map((mark) => mark.incidents.map((index) => data.incidents[index]));
  if (marks.some((incidents) => symbolOfAll(incidents) === SEVERAL)) entry(icon(SEVERAL), words.several_types);
  if (data.marks.some((mark) => mark.area)) entry(el("span", { class: "swatch-area" }), words.key_area);
  if (data.marks.some((mark) => mark.at)) entry(el("span", { class: "swatch-circle" }), words.key_circle);
  if (marks.some((incidents, k) => data.marks[k].at && shortCount(eventsOf(incidents)) !== numbers.format(1))) {
    entry(el("span", { class: "swatch-number", dir: "ltr" }, "≥ 2"), words.key_number);
  }
  if (data.incidents.some((incident) => ["disputed", "denied"].includes(incident.status))) {
    entry(icon(SYMBOLS.other, { dashed: true, hollow: true }), words.key_dashed);
  }
}

function fillFrame() {
  document.querySelector("h1").append(foreign(data.title));
  const parts = [counted(words.incidents, data.incidents.length), counted(words.articles, data.articles.length)];
  document.getElementById("summary").append(parts.join(" · "));
  document.querySelector("footer").append(el("p", {}, words.disclaimer));
}
