// Which control redraws what, and the order in which the page comes up: the table first.

function drawHead() {
  const { heading, title, devices, findings, bundled } = section();
  $("title").textContent = heading;
  $("subtitle").textContent = [title, ...devices, core.written, `dialogsum ${core.version}`].join(" · ");
  $("findings").replaceChildren(...findings.map((text) => el("p", { class: "finding" }, text)));
  $("honesty").hidden = !bundled;
  $("honesty").textContent = core.honesty;
}

function fillChoices() {
  const { tested, metric, measures } = section();
  if (!tested.includes(state.metric)) state.metric = metric;
  fillSelect($("metric"), tested.map((name) => [name, measureLabel(name)]), state.metric);
  const options = Object.entries(measures).map(([name, { label }]) => [name, label]);
  fillSelect($("pareto-x"), options, section().cost);
  fillSelect($("pareto-y"), options, state.metric);
  suggestLog();
  const curves = Object.entries(section().curve_names);
  fillSelect($("curve-metric"), curves, curves[0]?.[0]);
}

function suggestLog() {
  $("pareto-log").checked = section().measures[$("pareto-x").value].wide;
}

function drawRows() {
  drawTable();
  drawPairs();
  drawPlots();
}

function drawSection() {
  drawHead();
  fillChoices();
  drawNotes();
  drawRows();
}

const CHANGES = {
  section: () => {
    Object.assign(state, { section: Number($("section").value), sort: null, hidden: new Set() });
    drawSection();
    openReader();
  },
  metric: () => {
    state.metric = $("metric").value;
    $("pareto-y").value = state.metric;
    drawRows();
  },
  "pareto-x": () => {
    suggestLog();
    drawPareto();
  },
  "pareto-y": drawPareto, "pareto-log": drawPareto,
  "curve-metric": drawCurves, "curve-axis": drawCurves,
  order: arrange, seed: arrange, blind: arrange,
  "beats-a": arrange, "beats-b": arrange, "beats-metric": arrange,
  rater: () => {
    stored("dialogsum-rater", rater());
    drawPage();
  },
  position: () => move(Number($("position").value) - 1 - reader.place),
};
const CLICKS = {
  export: exportRatings, previous: () => move(-1), next: () => move(1),
};
const INPUTS = {
  search: arrange,
  "row-filter": () => {
    state.filter = $("row-filter").value;
    drawRows();
  },
};

function listen() {
  for (const [kind, all] of Object.entries({ change: CHANGES, click: CLICKS, input: INPUTS })) {
    for (const [id, listener] of Object.entries(all)) $(id).addEventListener(kind, () => listener());
  }
  $("rater").value = stored("dialogsum-rater") ?? "";
  document.addEventListener("keydown", press);
  window.addEventListener("resize", drawPlots);
}

const KEYS = { j: 1, ArrowRight: 1, k: -1, ArrowLeft: -1 };

function press(event) {
  const inField = event.target.closest?.("select, textarea, input:not([type=checkbox])");
  if (inField && event.key === "Escape") event.target.blur();
  if (inField || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key in KEYS) move(KEYS[event.key]);
  else if (event.key === "/") $("search").focus();
  else if ($("blind").checked && /^[1-5]$/.test(event.key)) rate(blindPlace, Number(event.key));
  else return;
  event.preventDefault();
}

async function start() {
  drawExcluded();
  if (!core.sections.length) {
    document.querySelectorAll("section:not(#results), nav, .tools").forEach((node) => node.remove());
    $("title").textContent = "Nothing to compare yet";
    return;
  }
  fillSelect($("section"), core.sections.map((each, i) => [String(i), each.title]), "0");
  $("section-choice").hidden = core.sections.length < 2;
  drawSection();
  await openReader();
  listen();
  document.documentElement.dataset.ready = "reader";
  await loadPlot();
  drawPlots();
  document.documentElement.dataset.ready = "plots";
}

start();
