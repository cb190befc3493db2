// Trade-off and learning curves, drawn by Observable Plot once it is unpacked.

const BANDED = 6; // runs up to which the intervals of learning curves are drawn
const LABELED = 8; // systems up to which points have their names beside them

async function loadPlot() {
  for (const name of ["d3", "plot"]) {
    document.head.append(el("script", {}, await unpack(name).text()));
  }
}

function drawPlots() {
  if (!window.Plot) return;
  drawPareto();
  drawCurves();
}

// Put a plot of rows into `host`, with a legend below.
function show(host, marks, rows, x, y) {
  const axis = { grid: true, tickFormat: (value) => d3.format("~s")(value), labelArrow: "none" };
  const plot = Plot.plot({
    width: Math.max(host.clientWidth, 280), height: 420, marginLeft: 60, marginBottom: 44,
    x: { ...axis, ...x }, y: { ...axis, labelAnchor: "center", ...y },
    marks, style: { fontSize: "13px", color: "var(--soft)", background: "none" },
  });
  const legend = rows.map((row) => el("span", {}, symbol(row), row.name));
  host.replaceChildren(...(rows.length ? [plot, el("div", { class: "tools" }, ...legend)] : []));
}

// Marks of values that can be pointed at; `r` is their size.
const dots = (points, r) => Plot.dot(points, { x: "x", y: "y", r, tip: true, title: "text",
  stroke: (p) => p.row.color, symbol: (p) => SYMBOLS[p.row.marker],
  fill: (p) => (p.row.hollow ? "var(--ground)" : p.row.color) });

const SYMBOLS = { o: "circle", s: "square", D: "diamond2", "^": "triangle2", v: "triangle2",
  P: "plus", X: "times", "*": "star" };

function drawPareto() {
  const [xName, yName] = [$("pareto-x").value, $("pareto-y").value];
  const rows = plottedRows().filter((row) => row.values[xName] && row.values[yName]);
  const points = rows.map((row) => {
    const [[x, x1, x2], [y, y1, y2]] = [ends(row, xName), ends(row, yName)];
    const text = [yName, xName].map((name) => `${measureLabel(name)} ${row.values[name].text}`);
    return { row, x, x1, x2, y, y1, y2, name: row.name, text: [row.name, ...text].join("\n") };
  });
  const color = (p) => p.row.color;
  const marks = [
    Plot.line(frontier(points, xName, yName), { strokeDasharray: "2 4", className: "frontier" }),
    Plot.link(points, { x1: "x1", x2: "x2", y1: "y", y2: "y", stroke: color, className: "errorbar" }),
    Plot.link(points, { x1: "x", x2: "x", y1: "y1", y2: "y2", stroke: color, className: "errorbar" }),
    dots(points, 6),
  ];
  const label = { x: "x", y: "y", text: "name", dx: 9, dy: -9, textAnchor: "start", fill: "var(--ink)" };
  if (points.length <= LABELED) marks.push(Plot.text(points, { ...label, className: "label" }));
  const logarithmic = $("pareto-log").checked ? logAxis(points.map((p) => p.x)) : {};
  show($("pareto"), marks, rows, { label: axisTitle(xName), ...logarithmic, insetLeft: 30, insetRight: 70 },
    { label: axisTitle(yName), insetTop: 20 });
  const missing = plottedRows().filter((row) => !rows.includes(row)).map((row) => row.name);
  $("pareto-note").textContent = missing.length
    ? `Not in the plot, because one of the two was not measured: ${missing.join(", ")}.` : "";
}

// A logarithmic axis; with zero at its left end if there is one.
function logAxis(values) {
  const logs = values.filter((v) => v > 0).map(Math.log10);
  const [low, high] = [Math.floor(Math.min(...logs)), Math.ceil(Math.max(...logs))];
  if (logs.length === values.length) return { type: "log" };
  const powers = Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
  return { type: "symlog", constant: 10 ** (low - 0.5), ticks: [0, ...powers] };
}

// Value, lower and upper end in printed units.
function ends(row, name) {
  const { v, lo, hi } = row.values[name];
  return [v, lo ?? v, hi ?? v].map((each) => shownValue(name, each));
}

const direction = (name) => ({ higher: 1, lower: -1 })[section().measures[name].better] ?? 0;
const axisTitle = (name) =>
  measureLabel(name) + ["", " (higher is better)", " (lower is better)"].at(direction(name));

// The systems that no other one beats in both measures, joined by steps.
function frontier(points, xName, yName) {
  const signs = [direction(xName), direction(yName)];
  if (!signs[0] || !signs[1]) return [];
  const ahead = (a, b) => [signs[0] * (a.x - b.x), signs[1] * (a.y - b.y)];
  const beats = (a, b) => Math.min(...ahead(a, b)) >= 0 && Math.max(...ahead(a, b)) > 0;
  const best = points.filter((p) => !points.some((q) => beats(q, p))).sort((a, b) => a.x - b.x);
  return best.flatMap(({ x, y }, i) => {
    const before = best[Math.max(i - 1, 0)];
    return [signs[0] < 0 ? [x, before.y] : [before.x, y], [x, y]];
  });
}

function drawCurves() {
  const [name, axis] = [$("curve-metric").value, $("curve-axis").value];
  const metric = name.split("/")[1];
  const value = (values, i) => (values?.[i] == null ? undefined : shownValue(metric, values[i]));
  const runs = plottedRows().flatMap((row) => section().curves[section().rows.indexOf(row)]
    .map((curves, i) => ({ row, seed: row.seeds[i], curve: curves[name] }))
    .filter(({ curve }) => curve?.[axis]));
  const points = runs.flatMap(({ row, seed, curve }, run) => curve[axis].map((x, i) => {
    const [y, lo, hi] = [curve.y, curve.lo, curve.hi].map((values) => value(values, i));
    const interval = lo === undefined ? "" : `\n95 % ${lo.toFixed(2)}–${hi.toFixed(2)}`;
    return { row, run, x, y, lo, hi, text: `${row.name}, seed ${seed}\n${y?.toFixed(3)}${interval}` };
  }));
  const look = { x: "x", z: "run", stroke: (p) => p.row.color };
  const band = { ...look, y1: "lo", y2: "hi", stroke: "none", fill: look.stroke, fillOpacity: 0.13 };
  const marks = [Plot.line(points, { ...look, y: "y", className: "curve" }), dots(points, 3.5)];
  if (runs.length <= BANDED) marks.unshift(Plot.areaY(points, { ...band, className: "band" }));
  $("curves-empty").hidden = Boolean(name);
  $("curve-tools").hidden = !name;
  show($("curves"), marks, [...new Set(runs.map(({ row }) => row))], { label: $("curve-axis").selectedOptions[0].text },
    { label: section().curve_names[name] });
}
