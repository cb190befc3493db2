// Which control redraws what, and the order in which the page comes up: the table first.

function drawHead() {
  const { heading, title, devices, rows, findings, bundled } = section();
  $("title").textContent = heading;
  const parts = [title, `${rows.length} systems`, ...devices, core.written, `dialogsum ${core.version}`];
  $("subtitle").textContent = parts.join(" · ");
  $("findings").replaceChildren(...findings.map((text) => el("p", { class: "finding" }, text)));
  $("honesty").hidden = !bundled;
  $("honesty").textContent = core.honesty;
}

function fillChoices() {
  const { tested, metric } = section();
  if (!tested.includes(state.metric)) state.metric = metric;
  fillSelect($("metric"), tested.map((name) => [name, measureLabel(name)]), state.metric);
  fillSelect($("pareto-x"), measureGroups(), firstCost());
  fillSelect($("pareto-y"), measureGroups(), state.metric);
  suggestLog();
  const names = curveNames();
  fillSelect($("curve-metric"), names.map((name) => [name, curveLabel(name)]), names[0]);
  fillAxes();
}

// Measures by kind; those of a group of dialogues are listed apart, because they are many.
function measureGroups() {
  const kind = ([name, { cost }]) =>
    (cost ? "Costs" : name.includes("@") ? `Metrics, ${name.split("@")[1]} dialogues` : "Metrics");
  const groups = Object.groupBy(Object.entries(section().measures), kind);
  return Object.entries(groups).map(([heading, all]) => [heading, all.map(([name, m]) => [name, m.label])]);
}

// The first cost in which systems differ; without training that is not the number of parameters.
function firstCost() {
  const { measures, rows } = section();
  const differs = (name) => new Set(rows.map((row) => row.values[name]?.v).filter((v) => v !== undefined)).size > 1;
  const wanted = ["parameters.trainable", "artifact_bytes", "time_s.generate"];
  return wanted.find((name) => measures[name] && differs(name)) ?? Object.keys(measures)[0];
}

function fillAxes() {
  const known = section().curves.flat().flatMap((curves) => Object.keys(curves[$("curve-metric").value] ?? {}));
  const axes = Object.keys(AXIS_TITLES).filter((axis) => known.includes(axis));
  const chosen = axes.includes($("curve-axis").value) ? $("curve-axis").value : axes[0];
  fillSelect($("curve-axis"), axes.map((axis) => [axis, AXIS_TITLES[axis]]), chosen);
}

// Logarithmic where positive values differ by more than a factor of 10.
function suggestLog() {
  const found = section().rows.map((row) => row.values[$("pareto-x").value]?.v).filter((v) => v > 0);
  $("pareto-log").checked = Math.max(...found) / Math.min(...found) > 10;
}

function drawAbout() {
  const facts = [...Object.entries(section().protocol), ["scorer", section().scorers.join(", ")]];
  const runs = section().rows.flatMap((row) => row.runs);
  $("protocol").replaceChildren(
    el("dl", {}, ...facts.flatMap(([name, text]) => [el("dt", {}, name), el("dd", {}, text)])),
    el("details", {}, el("summary", {}, `${runs.length} runs`), ...runs.map((run) => el("p", {}, run))),
  );
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
  drawAbout();
  drawRows();
}

const CHANGES = {
  section: () => { state.section = Number($("section").value); state.sort = null; state.hidden.clear();
    drawSection(); openReader(); },
  metric: () => { state.metric = $("metric").value; $("pareto-y").value = state.metric; drawRows(); },
  sort: () => { state.sort = null; if ($("sort").value) sortBy($("sort").value); else drawTable(); },
  "pareto-x": () => { suggestLog(); drawPareto(); },
  "pareto-y": drawPareto, "pareto-log": drawPareto,
  "curve-metric": () => { fillAxes(); drawCurves(); }, "curve-axis": drawCurves,
  order: () => arrange(), seed: () => arrange(), blind: () => arrange(),
  "beats-a": () => arrange(null), "beats-b": () => arrange(null), "beats-metric": () => arrange(null),
  rater: changeRater,
  position: () => move(Number($("position").value) - 1 - reader.place),
};
const CLICKS = {
  export: exportRatings, discard: discardRatings, previous: () => move(-1), next: () => move(1),
  "show-all": () => { state.hidden.clear(); drawRows(); },
};

function listen() {
  for (const [id, change] of Object.entries(CHANGES)) $(id).addEventListener("change", change);
  for (const [id, click] of Object.entries(CLICKS)) $(id).addEventListener("click", click);
  $("row-filter").addEventListener("input", () => { state.filter = $("row-filter").value; drawRows(); });
  $("search").addEventListener("input", () => arrange());
  $("rater").value = storage()?.getItem(RATER) ?? "";
  document.addEventListener("keydown", press);
  document.addEventListener("pointerover", showTip);
  window.addEventListener("resize", drawPlots);
}

const KEYS = { j: 1, ArrowRight: 1, k: -1, ArrowLeft: -1 };

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.("select, textarea, input:not([type=checkbox])")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
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
  listen();
  performance.mark("table");
  await openReader();
  performance.mark("reader");
  document.documentElement.dataset.ready = "reader";
}

start();
