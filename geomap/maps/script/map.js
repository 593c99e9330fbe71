/* The parts put together: folium has made the map, this fills it and keeps list, marks, filters and card in step. */

const container = document.querySelector(".folium-map");
const map = window[container.id];
const narrow = window.matchMedia("(max-width: 760px)");
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

container.setAttribute("role", "region");
container.setAttribute("aria-label", words.map);
if (calm.matches) {
  map._zoomAnimated = false; // Leaflet reads its option only when the map is made
  map.options.inertia = false;
}
const owners = [words.attribution, ...data.credits, ...ownGazetteer()].join(" · ");
map.attributionControl.setPrefix(false).addAttribution(el("span", {}, owners).innerHTML); // Leaflet wants markup: this is text, escaped
map.attributionControl.getContainer().dir = words.direction;
L.control.zoom({ position: "topleft", zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out }).addTo(map);
L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);

for (const [name, zIndex] of [["base", 150], ["marks", 420], ["names", 450]]) {
  map.createPane(name).style.zIndex = zIndex;
  if (name !== "names") map.getPane(name).style.pointerEvents = "none";
}
const base = new BaseLayer(data.base, { pane: "base", padding: 0.15 });
const marks = new Marks();
const layer = new MarkLayer(marks, base, { pane: "marks", padding: 0.1 });
const standing = new Standing(map);
const labels = new AreaLabels(map, standing, marks, (m, latlng) => openMark(m, latlng));
const list = new List((n) => choose(n));
const filters = new FilterPanel(() => filter());
const timeline = new Timeline(() => filter());
const given = readLink(location.hash);
let chosen = null; // the open incident
applyChoices();
marks.refresh(new Uint8Array(N).fill(1));
const legend = new Legend(marks, !narrow.matches);
marks.refresh(shown);

// The bar first: what it takes of the window the map has not.
const summary = document.getElementById("summary");
document.querySelector("h1").append(foreign(data.title));
document.querySelector("footer").append(el("p", {}, words.disclaimer));
fillTakeaway(() => Array.from(list.lines), isDocument ? () => location.href : null);
if (data.tiles) offerTiles(data.tiles);
sayHowMany();
map.invalidateSize({ animate: false, pan: false });

const bounds = marks.allBounds();
if (given.view) map.setView([given.view[0], given.view[1]], given.view[2], { animate: false });
else if (bounds) map.fitBounds(bounds, { padding: [24, 24], maxZoom: 9, animate: false });
base.addTo(map);
layer.addTo(map);
base.flush();
layer.flush();
const names = new Names(map, standing, data.base.labels);

/** Names and labels find their places again: after a zoom, a move, or a filter. */
function placeNames() {
  const origin = container.getBoundingClientRect();
  const controls = [...container.querySelectorAll(".leaflet-control")].map((node) => {
    const box = node.getBoundingClientRect();
    return [box.left - origin.left, box.top - origin.top, box.right - origin.left, box.bottom - origin.top];
  });
  const onMap = layer.drawn.map(({ x, y, reach, number: badge }) => {
    const at = map.layerPointToContainerPoint([x, y]);
    return [at.x - reach, at.y - reach, at.x + reach + (badge ? 20 : 0), at.y + reach];
  });
  const written_ = labels.place();
  names.place([...written_, ...onMap, ...controls], labels.countries);
  standing.settle();
}

function filter() {
  applyChoices();
  marks.refresh(shown);
  layer.flush();
  placeNames();
  refreshPanels();
  if (chosen !== null && !shown[chosen]) closeCard();
  keepLink();
}

function refreshPanels() {
  list.refresh();
  list.mark(chosen);
  filters.refresh();
  timeline.refresh();
  legend.refresh();
  searchBox.value = choices.query;
  sayHowMany();
}

function sayHowMany() {
  if (N > 0) summary.replaceChildren(...phrase(shownOf(), { n: numberNode(shownCount), m: numberNode(N) }));
}

/** "12 of 40 incidents shown", in the form that the language gives the second number. */
function shownOf() {
  return words.shown[plurals.select(N)] || words.shown.other;
}

/** Keep the address in step. */
function keepLink() {
  remember({ centre: map.getCenter(), zoom: map.getZoom(), chosen });
}

const searchBox = document.getElementById("query");
searchBox.setAttribute("placeholder", words.search);
searchBox.setAttribute("aria-label", words.search);
searchBox.parentElement.hidden = N < 2;
let waiting = null;
searchBox.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    choices.query = searchBox.value.trim();
    const typed = searchBox.value;
    filter();
    searchBox.value = typed;
  }, 120);
});

preparePrint(() => list.lines);
refreshPanels();
placeNames();
let moved = null;
map.on("zoomend moveend resize", () => {
  moved ??= requestAnimationFrame(() => { // after the canvases, which asked before
    moved = null;
    placeNames();
    keepLink();
  });
});
map.on("click", ({ containerPoint, latlng }) => {
  const hit = layer.hit(containerPoint);
  if (hit?.members) map.fitBounds(boundsOf(hit.members), { padding: [40, 40], maxZoom: map.getZoom() + 4 });
  else if (hit) openMark(hit.m, latlng);
});
map.on("mousemove", ({ containerPoint }) => {
  container.style.cursor = layer.hit(containerPoint) ? "pointer" : "";
});
window.matchMedia("print").addEventListener("change", () => {
  const view = map.getBounds(); // paper has another shape: show at least what the screen shows
  map.invalidateSize({ animate: false, pan: false });
  map.fitBounds(view.pad(-0.1), { animate: false });
  base.flush(); // paper waits for no next frame
  layer.flush();
  placeNames();
});
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  base.flush();
  layer.flush();
  timeline.refresh();
});
window.addEventListener("hashchange", () => {
  const now = readLink(location.hash);
  filter();
  if (now.view) map.setView([now.view[0], now.view[1]], now.view[2], { animate: false });
  if (now.chosen !== null && now.chosen !== chosen) choose(now.chosen, { move: !now.view });
});

/** Tiles of a server: it learns what is looked at, so nothing is asked of it before the reader says so. */
function offerTiles({ url, by, host }) {
  const attribution = el("span", {}, by).innerHTML; // Leaflet wants markup: this is text, escaped
  const tiles = L.tileLayer(url, { attribution, maxZoom: 19, referrerPolicy: "no-referrer" });
  const box = el("input", { type: "checkbox" });
  const node = el("label", { class: "choice online" }, box, ...phrase(words.online, { host: el("bdi", { dir: "ltr" }, host) }));
  box.addEventListener("change", () => {
    if (box.checked) tiles.addTo(map);
    else tiles.remove();
    map.getPane("base").style.display = box.checked ? "none" : "";
  });
  document.getElementById("take").prepend(node);
}

function boundsOf(members) {
  return members.reduce((all, m) => all.extend(marks.latLng(m)), L.latLngBounds([]));
}

/* The card is a popup at the mark. Where there is no mark, or no room for a popup, it is a sheet over the map. */

const sheet = document.getElementById("sheet");
let popup = null; // the open one
let giveFocusTo = null; // when the card closes

function openCard(content, latlng, label) {
  const size = map.getSize();
  if (latlng && !narrow.matches && size.y > 360) {
    closeSheet();
    const width = Math.min(380, size.x - 60);
    // `popup` is the new one before the old one closes: the choice stands.
    popup = L.popup({
      minWidth: width, maxWidth: width, maxHeight: Math.round(size.y * 0.72), autoPanPadding: [16, 16],
      className: "card-popup", offset: [0, -6],
    });
    popup.setLatLng(latlng).setContent(content).openOn(map);
    popup.getElement().querySelector(".leaflet-popup-close-button").setAttribute("aria-label", words.close);
    popup.getElement().setAttribute("role", "dialog");
    popup.getElement().setAttribute("aria-label", plain(label));
    popup.getElement().addEventListener("keydown", closeOnEscape);
    content.parentElement.scrollTop = 0;
    content.parentElement.tabIndex = 0; // it scrolls: the keyboard must reach it
  } else {
    popup = null;
    map.closePopup();
    const close = el("button", { type: "button", class: "close", "aria-label": words.close }, "×");
    close.addEventListener("click", closeCard);
    sheet.replaceChildren(close, content);
    sheet.setAttribute("role", "dialog");
    sheet.setAttribute("aria-label", plain(label));
    sheet.hidden = false;
    sheet.scrollTop = 0;
  }
  content.querySelector("h3").focus({ preventScroll: true });
}

function closeSheet() {
  sheet.hidden = true;
  sheet.replaceChildren();
}

function closeCard() {
  if (sheet.hidden) {
    map.closePopup();
    return;
  }
  closeSheet();
  afterClose();
}

function afterClose() {
  setChosen(null, null);
  list.mark(null);
  giveFocusTo?.focus({ preventScroll: true });
  giveFocusTo = null;
}

function setChosen(n, m) {
  chosen = n;
  layer.chosen = m === null ? null : { m, metres: n === null ? null : incident(n).place?.metres ?? null };
  layer.flush();
  keepLink();
}

function closeOnEscape(event) {
  if (event.key !== "Escape") return;
  event.stopPropagation();
  closeCard();
}

sheet.addEventListener("keydown", closeOnEscape);
map.on("popupclose", (event) => {
  if (event.popup !== popup) return;
  popup = null;
  afterClose();
});

/** A reader chose an incident in the list: show its place, then its card. */
function choose(n, { move = true } = {}) {
  const { mark: m } = incident(n);
  if (move && m !== null) {
    if (marks.isArea(m)) map.fitBounds(marks.bounds(m), { padding: [24, 24], maxZoom: Math.max(map.getZoom(), 8), animate: false });
    else map.setView(marks.latLng(m), zoomToSee(n, m), { animate: false });
  }
  openIncident(n, m, m === null ? null : marks.latLng(m));
}

/** The zoom at which the circle of an incident is wider than its mark, within reason; never farther than now. */
function zoomToSee(n, m) {
  const wanted = Math.log2((28 * metresPerPixel(marks.latLng(m).lat, 0)) / Math.max(incident(n).place?.metres ?? 0, 1));
  return Math.max(map.getZoom(), Math.min(Math.max(wanted, 7), 10.5));
}

/** A reader chose a mark: its one incident, or the list of them. `latlng` is where an area was pressed. */
function openMark(m, latlng) {
  const at = marks.isArea(m) ? latlng : marks.latLng(m);
  const indices = marks.indices(m, shown);
  if (indices.length === 1) {
    openIncident(indices[0], m, at);
    return;
  }
  giveFocusTo = labels.element(m);
  list.mark(null);
  openCard(placeCard(indices, (n) => openIncident(n, m, at)), at, words.list);
  setChosen(null, m);
}

function openIncident(n, m, latlng) {
  const about = incident(n);
  const shared = m !== null && marks.indices(m, shown).length > 1;
  const card = incidentCard(about, { onBack: shared ? () => openMark(m, latlng) : null });
  giveFocusTo = list.mark(n);
  openCard(card, latlng, plainTitle(about));
  setChosen(n, m);
}

if (given.chosen !== null) choose(given.chosen, { move: !given.view });
foldInPauses();
document.documentElement.dataset.ready = "true";
