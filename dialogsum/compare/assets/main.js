// Which control redraws what, and the order in which the page comes up: the table first.

function drawHead() {
  const { heading, title, devices, rows: all } = section();
  $("title").textContent = heading;
  const parts = [title, `${all.length} systems`, ...devices, core.written, `dialogsum ${core.version}`];
  $("subtitle").textContent = parts.join(" · ");
  $("findings").replaceChildren(
    ...section().findings.map((text) => el("p", { class: "finding" }, text)),
  );
  $("honesty").hidden = !section().bundled;
  $("honesty").textContent = core.honesty;
}

function fillChoices() {
  const { tested, telling } = section();
  if (!tested.includes(state.metric)) state.metric = section().metric;
  fillSelect($("metric"), tested.map((name) => [name, measureLabel(name)]), state.metric);
  fillSelect($("group"), [["", "nothing"], ["model", "model"], ["strategy", "strategy"],
    ...telling.map((path) => [path, path])], state.group);
  fillSelect($("pareto-x"), measureGroups(), firstCost());
  fillSelect($("pareto-y"), measureGroups(), state.metric);
  suggestLog();
  const figures = curveFigures();
  fillSelect($("curve-figure"), figures.map((name) => [name, curveLabel(name)]), figures[0]);
  fillAxes();
}

// Measures by kind, scores of parts of the dialogues apart: they are many.
function measureGroups() {
  const groups = new Map();
  for (const [name, { label, cost }] of Object.entries(section().measures)) {
    const part = name.split("@")[1];
    const kind = cost ? "Costs" : part ? `Scores, ${part} dialogues` : "Scores";
    groups.set(kind, [...(groups.get(kind) ?? []), [name, label]]);
  }
  return [...groups];
}

// The first cost in which systems differ; without training that is no number of parameters.
function firstCost() {
  const { measures, rows } = section();
  const differs = (name) => new Set(rows.map((row) => value(row, name)).filter((v) => v !== null)).size > 1;
  const wanted = ["parameters.trainable", "artifact_bytes", "time_s.generate"];
  return wanted.find((name) => measures[name] && differs(name)) ?? Object.keys(measures)[0];
}

function fillAxes() {
  const figure = $("curve-figure").value;
  const known = section().curves.flat().flatMap((curves) => Object.keys(curves[figure] ?? {}));
  const axes = Object.keys(AXIS_TITLES).filter((axis) => known.includes(axis));
  const chosen = axes.includes($("curve-axis").value) ? $("curve-axis").value : axes[0];
  fillSelect($("curve-axis"), axes.map((axis) => [axis, AXIS_TITLES[axis]]), chosen);
}

// Logarithmic where positive values differ by more than a factor of 10.
function suggestLog() {
  const found = section().rows.map((row) => value(row, $("pareto-x").value)).filter((v) => v > 0);
  $("pareto-log").checked = found.length > 1 && Math.max(...found) / Math.min(...found) > 10;
}

function drawAbout() {
  const facts = [...Object.entries(section().protocol), ["scorer", section().scorers.join(", ")]];
  const runs = section().rows.flatMap((row) => row.runs);
  $("protocol").replaceChildren(
    el("dl", { class: "facts" },
      ...facts.flatMap(([name, text]) => [el("dt", {}, name), el("dd", {}, text)])),
    el("details", {}, el("summary", {}, `${runs.length} runs`),
      ...runs.map((run) => el("p", {}, run))),
  );
}

function drawSection() {
  looks.clear();
  drawHead();
  fillChoices();
  drawTable();
  drawNotes();
  drawPairs();
  drawAbout();
}

const plots = (draw) => () => loadPlotly().then(draw);
const rows = () => { drawTable(); drawPairs(); drawPlots(); };
const CHANGES = {
  section: () => { state.section = Number($("section").value); state.sort = null; state.hidden.clear();
    drawSection(); drawPlots(); openReader(); },
  metric: () => { state.metric = $("metric").value; $("pareto-y").value = state.metric; rows(); },
  group: () => { state.group = $("group").value; drawTable(); },
  sort: () => { state.sort = null; if ($("sort").value) sortBy($("sort").value); else drawTable(); },
  "pareto-x": () => { suggestLog(); return plots(drawPareto)(); },
  "pareto-y": plots(drawPareto),
  "pareto-log": plots(drawPareto),
  "curve-figure": () => { fillAxes(); return plots(drawCurves)(); },
  "curve-axis": plots(drawCurves),
  order: () => arrange(), kind: () => arrange(), seed: () => arrange(), blind: () => arrange(),
  "beats-a": () => arrange(null), "beats-b": () => arrange(null), "beats-metric": () => arrange(null),
  rater: () => changeRater(),
  position: () => move(Number($("position").value) - 1 - reader.place),
};

function listen() {
  for (const [id, change] of Object.entries(CHANGES)) $(id).addEventListener("change", change);
  $("row-filter").addEventListener("input", () => { state.filter = $("row-filter").value; rows(); });
  $("search").addEventListener("input", () => arrange());
  $("rater").value = storage()?.getItem(RATER) ?? "";
  $("export").addEventListener("click", exportRatings);
  $("forget").addEventListener("click", forgetRatings);
  $("show-all").addEventListener("click", () => { state.hidden.clear(); rows(); });
  $("previous").addEventListener("click", () => move(-1));
  $("next").addEventListener("click", () => move(1));
  document.addEventListener("keydown", press);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawPlots());
  window.addEventListener("beforeprint", () => printPlots(true));
  window.addEventListener("afterprint", () => printPlots(false));
}

const KEYS = { j: 1, ArrowRight: 1, k: -1, ArrowLeft: -1 };

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const inField = event.target.closest?.("select, textarea, input:not([type=checkbox])");
  if (inField) {
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
  if (!core.sections.length) {
    document.querySelectorAll("section:not(#results), .bar, .tools").forEach((node) => node.remove());
    $("title").textContent = "Nothing to compare yet";
    drawLeft();
    return;
  }
  fillSelect($("section"), core.sections.map((each, index) => [String(index), each.title]), "0");
  $("section-choice").hidden = core.sections.length < 2;
  drawSection();
  listen();
  performance.mark("table");
  await new Promise(requestAnimationFrame);
  await openReader();
  performance.mark("reader");
  document.documentElement.dataset.ready = "reader";
  await idle(); // the plotting library takes a second to start: not while the page comes up
  await drawPlots();
  performance.mark("plots");
  document.documentElement.dataset.ready = "plots";
}

function idle() {
  return new Promise((done) => {
    if (window.requestIdleCallback) requestIdleCallback(done, { timeout: 1000 });
    else setTimeout(done, 100);
  });
}

start();
