// Trade-off, learning curves and scores by length, drawn by plotly once it is unpacked.

const BANDED = 6; // runs up to which their intervals are drawn into the learning curves
const PAGE = 680; // px, what a printed page is wide at least
const AXIS_TITLES = { step: "Optimizer step", seconds: "Training time (s)", tokens: "Tokens seen" };
let plotly = null; // promise; the library is unpacked after the first screen stands

function loadPlotly() {
  plotly ??= unpack("plotly").then((code) => {
    document.head.append(el("script", {}, code));
    return window.Plotly;
  });
  return plotly;
}

// One plot at a time, so that the page answers in between.
async function drawPlots() {
  const library = await loadPlotly();
  for (const draw of PLOTS) {
    draw(library);
    await idle();
  }
}

// A page is laid out before a promise is kept: at once, in its width and its colours.
function printPlots(toPaper) {
  document.documentElement.toggleAttribute("data-printing", toPaper);
  if (!window.Plotly) return;
  for (const draw of PLOTS) draw(window.Plotly);
  if (toPaper) return;
  for (const plot of document.querySelectorAll(".js-plotly-plot:not([hidden])")) {
    window.Plotly.Plots.resize(plot);
  }
}

const printing = () => document.documentElement.hasAttribute("data-printing");

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function layout(more) {
  const axis = {
    gridcolor: css("--line"), linecolor: css("--line-strong"), zeroline: false, showline: true,
    ticks: "outside", tickcolor: css("--line-strong"), automargin: true,
    title: { standoff: 10, font: { size: 13 } },
  };
  const { xaxis, yaxis, ...rest } = more;
  return {
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
    dragmode: window.matchMedia("(hover: hover)").matches ? "zoom" : false, // a finger scrolls
    font: { family: "system-ui, sans-serif", size: 13, color: css("--soft") },
    hoverlabel: { bgcolor: css("--surface"), bordercolor: css("--line-strong"),
      font: { color: css("--ink"), size: 13 } },
    margin: { l: 8, r: 12, t: 12, b: 8 },
    height: narrow() ? 380 : 460, width: printing() ? PAGE : undefined,
    legend: { orientation: "h", y: narrow() ? -0.32 : -0.24, yanchor: "top", x: 0, font: { size: 13 } },
    xaxis: { ...axis, ...xaxis, title: { ...axis.title, ...xaxis.title } },
    yaxis: { ...axis, ...yaxis, title: { ...axis.title, ...yaxis.title } },
    ...rest,
  };
}

const CONFIG = { displaylogo: false, displayModeBar: false, responsive: true };

// ---- trade-off -------------------------------------------------------------------------------

function drawPareto(library) {
  const [x, y] = [$("pareto-x").value, $("pareto-y").value];
  const points = plottedRows()
    .map((row) => ({ row, x: row.values[x], y: row.values[y] }))
    .filter((point) => point.x && point.y);
  const scale = axisScale(points.map((point) => shown(x, point.x.v)), $("pareto-log").checked);
  const traces = [frontierTrace(points, x, y, scale), ...points.map((p) => pointTrace(p, x, y, scale))];
  const titled = (name) => ({ title: { text: axisTitle(name) } });
  library.react($("pareto"), traces, layout({
    xaxis: { ...titled(x), ...scale.axis, ...kindTicks(x, scale) },
    yaxis: { ...titled(y), ...kindTicks(y) },
    showlegend: false,
    annotations: pointLabels(points, x, y, scale),
  }), CONFIG);
  $("pareto-note").textContent = paretoNote(points, x, y);
}

// Which systems the plot cannot show, and why there may be no line.
function paretoNote(points, x, y) {
  const there = new Set(points.map((point) => point.row));
  const missing = plottedRows().filter((row) => !there.has(row)).map((row) => row.name);
  const unranked = [x, y].filter((name) => !frontierSign(name)).map(measureLabel);
  return [
    missing.length && `Not in the plot, for want of one of the measures: ${missing.join(", ")}.`,
    unranked.length && `No line: neither more nor less of ${unranked.join(", ")} is better.`,
  ].filter(Boolean).join(" ");
}

const frontierSign = (name) => ({ higher: 1, lower: -1 })[section().measures[name].better];

function axisTitle(name) {
  const { label, better } = section().measures[name];
  return { higher: `${label} (more: better)`, lower: `${label} (less: better)` }[better] ?? label;
}

// A logarithmic axis on which zero has a place of its own at the left end.
function axisScale(values, logarithmic) {
  const positive = values.filter((v) => v > 0);
  if (!logarithmic || !positive.length) return { to: (v) => v, log: false, axis: {} };
  const low = Math.log10(Math.min(...positive));
  const high = Math.log10(Math.max(...positive));
  const zero = values.some((v) => v <= 0);
  const left = zero ? Math.floor(low) - 0.6 : low;
  const ticks = [];
  for (let power = Math.floor(low); power <= Math.ceil(high); power++) ticks.push(power);
  const pad = Math.max(0.12, (high - left) * 0.09);
  return {
    log: true,
    to: (v) => (v > 0 ? Math.log10(v) : left),
    axis: {
      tickvals: [...(zero ? [left] : []), ...ticks],
      ticktext: [...(zero ? ["0"] : []), ...ticks],
      powers: ticks,
      zero,
      range: [left - pad, high + pad * 1.6],
    },
  };
}

const UNITS = {
  bytes: [[1e9, "GB"], [1e6, "MB"], [1e3, "kB"], [1, "B"]],
  count: [[1e9, "B"], [1e6, "M"], [1e3, "k"], [1, ""]],
  seconds: [[3600, "h"], [60, "min"], [1, "s"]],
};

function short(number, kind) {
  const units = UNITS[kind] ?? UNITS.count;
  const [unit, name] = units.find(([limit]) => Math.abs(number) >= limit * 0.9999) ?? [1, units.at(-1)[1]];
  return `${Number((number / unit).toPrecision(3))} ${name}`.trim();
}

function kindTicks(name, scale) {
  const { kind } = section().measures[name];
  if (scale?.log) {
    const { powers, zero } = scale.axis;
    return { ticktext: [...(zero ? ["0"] : []), ...powers.map((p) => short(10 ** p, kind))] };
  }
  if (kind === "bytes") return { tickformat: "~s", ticksuffix: "B" };
  if (kind === "count" || kind === "rate") return { tickformat: "~s" };
  if (kind === "seconds") return { ticksuffix: " s" };
  if (kind === "percent" || kind === "share") return { ticksuffix: " %" };
  return {};
}

function pointTrace({ row, x, y }, xName, yName, scale) {
  const { colour, shape } = look(row);
  const [xs, ys] = [scale.to(shown(xName, x.v)), shown(yName, y.v)];
  return {
    type: "scatter", mode: "markers", name: row.name, x: [xs], y: [ys],
    marker: { color: colour, symbol: shape, size: 12, line: { width: shape.endsWith("open") ? 2 : 0 } },
    error_x: bars(xs, x, (v) => scale.to(shown(xName, v)), colour),
    error_y: bars(ys, y, (v) => shown(yName, v), colour),
    hovertemplate: `<b>${plain(row.name)}</b><br>${measureLabel(yName)} ${y.text}`
      + `${y.ci && y.ci !== "–" ? ` (${y.ci})` : ""}<br>${measureLabel(xName)} ${x.text}<extra></extra>`,
  };
}

// Plotly reads some HTML in texts: names must not be taken for it.
const plain = (text) => text.replace(/[&<>]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c]);

function bars(centre, { lo, hi }, to, colour) {
  if (lo === null || hi === null || lo === hi) return { visible: false };
  return {
    type: "data", symmetric: false, array: [to(hi) - centre], arrayminus: [centre - to(lo)],
    color: colour, thickness: 1.6, width: 4,
  };
}

// The systems that no other one beats in both measures, joined by steps.
function frontierTrace(points, x, y, scale) {
  const signs = [x, y].map(frontierSign);
  const line = { type: "scatter", mode: "lines", hoverinfo: "skip", name: "frontier", x: [], y: [],
    line: { color: css("--faint"), width: 1.5, dash: "dot", shape: signs[0] < 0 ? "hv" : "vh" } };
  if (signs.includes(undefined)) return line;
  const best = points.filter((p) => !points.some((q) => beats(q, p, signs)));
  best.sort((a, b) => a.x.v - b.x.v);
  line.x = best.map((point) => scale.to(shown(x, point.x.v)));
  line.y = best.map((point) => shown(y, point.y.v));
  return line;
}

function beats(a, b, [xSign, ySign]) {
  const dx = xSign * (a.x.v - b.x.v);
  const dy = ySign * (a.y.v - b.y.v);
  return dx >= 0 && dy >= 0 && (dx > 0 || dy > 0);
}

// A name beside each point, on the first side where it covers no other name or point; none where
// every side is taken, for names on top of each other cannot be read.
function pointLabels(points, x, y, scale) {
  const width = (printing() ? PAGE : $("pareto").clientWidth) - 90;
  const height = (narrow() ? 380 : 460) - 80;
  const xs = points.map((point) => scale.to(shown(x, point.x.v)));
  const ys = points.map((point) => shown(y, point.y.v));
  const [left, right] = scale.axis.range ?? padded(xs);
  const [low, high] = padded(points.flatMap(({ y: f }) => [f.lo ?? f.v, f.hi ?? f.v]).map((v) => shown(y, v)));
  const place = (i) => [
    ((xs[i] - left) / (right - left || 1)) * width, height - ((ys[i] - low) / (high - low || 1)) * height,
  ];
  const taken = points.map((_, i) => box(...place(i), 12, 12));
  return points.flatMap(({ row }, i) => {
    const [px, py] = place(i);
    const w = 7.2 * row.name.length;
    const sides = [[w / 2 + 7, -14], [-w / 2 - 7, -14], [-w / 2 - 12, 0], [w / 2 + 12, 0],
      [w / 2 + 7, 14], [-w / 2 - 7, 14], [0, -26], [0, 26],
      [w / 2 + 7, -30], [-w / 2 - 7, -30], [w / 2 + 7, 30], [-w / 2 - 7, 30]];
    const fits = ([dx, dy]) => px + dx - w / 2 >= 0 && px + dx + w / 2 <= width
      && !taken.some((other, j) => j !== i && overlap(box(px + dx, py + dy, w, 15), other));
    const side = sides.find(fits);
    if (!side) return [];
    const [dx, dy] = side;
    taken.push(box(px + dx, py + dy, w, 15));
    return [{ x: xs[i], y: ys[i], text: plain(row.name), showarrow: false, xshift: dx, yshift: -dy,
      font: { color: css("--ink"), size: 13 } }];
  });
}

function padded(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const pad = (high - low) * 0.06;
  return [low - pad, high + pad];
}

const box = (x, y, w, h) => [x - w / 2, y - h / 2, x + w / 2, y + h / 2];
const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

// ---- learning curves -------------------------------------------------------------------------

function drawCurves(library) {
  const [figure, axis] = [$("curve-figure").value, $("curve-axis").value];
  const scale = curveScale(figure);
  const runs = plottedRows().flatMap((row) => rowCurves(row)
    .map((curves, seed) => ({ row, curve: curves[figure], seed: row.seeds[seed] }))
    .filter(({ curve }) => curve?.[axis]));
  const bands = runs.length <= BANDED ? runs.filter(({ curve }) => curve.lo) : [];
  const traces = [
    ...bands.flatMap((run) => bandTraces(run, axis, scale)),
    ...runs.map((run, place) => curveTrace(run, axis, scale, runs[place - 1]?.row !== run.row)),
  ];
  const none = !curveFigures().length;
  $("curves-empty").hidden = !none;
  $("curves").hidden = $("curve-tools").hidden = none;
  if (none) return;
  library.react($("curves"), traces, layout({
    xaxis: { title: { text: AXIS_TITLES[axis] } },
    yaxis: { title: { text: curveLabel(figure) } },
  }), CONFIG);
}

function curveTrace({ row, curve, seed }, axis, scale, first) {
  const { colour, shape } = look(row);
  const { y, lo, hi } = curve;
  const ends = y.map((_, i) => (lo?.[i] == null || hi?.[i] == null
    ? "" : ` (${(lo[i] * scale).toFixed(2)}–${(hi[i] * scale).toFixed(2)})`));
  return {
    type: "scatter", mode: y.length > 40 ? "lines" : "lines+markers",
    name: plain(row.name), legendgroup: row.name, showlegend: first,
    x: curve[axis], y: y.map(scaled(scale)), text: ends,
    line: { color: colour, width: 1.8 }, marker: { color: colour, symbol: shape, size: 7 },
    hovertemplate: `${plain(row.name)}, seed ${seed}: %{y:.3f}%{text}<extra></extra>`,
  };
}

const scaled = (scale) => (v) => (v === null ? null : v * scale);

// The interval of one curve: its lower end, and its upper end filled down to it.
function bandTraces({ row, curve }, axis, scale) {
  const end = (values) => ({
    type: "scatter", mode: "lines", legendgroup: row.name, showlegend: false, hoverinfo: "skip",
    x: curve[axis], y: values.map(scaled(scale)), line: { width: 0 },
  });
  return [end(curve.lo), { ...end(curve.hi), fill: "tonexty", fillcolor: `${look(row).colour}22` }];
}

const rowCurves = (row) => section().curves[section().rows.indexOf(row)];

function curveFigures() {
  const names = new Set(section().curves.flat().flatMap((curves) => Object.keys(curves)));
  const first = `validation/${state.metric.split("@")[0]}`;
  const wanted = [first, "validation/cross_entropy", "train/cross_entropy", "train/loss"];
  const rest = [...names].filter((name) => !wanted.includes(name)).sort();
  return [...wanted.filter((name) => names.has(name)), ...rest];
}

function curveLabel(figure) {
  const [split, name] = figure.split("/");
  return `${measureLabel(name)}, ${split === "train" ? "training" : split}`;
}

const curveScale = (figure) => section().measures[figure.split("/")[1]]?.scale ?? 1;

// ---- by length -------------------------------------------------------------------------------

function drawLengths(library) {
  const bins = section().lengths[state.metric];
  $("lengths-empty").hidden = Boolean(bins);
  $("lengths").hidden = !bins;
  if (!bins) return;
  const rows = plottedRows();
  const names = bins.bounds.map(([low, high], i) => `${low}–${high}<br>n = ${bins.n[i]}`);
  const traces = rows.map((row, place) => {
    const index = section().rows.indexOf(row);
    const [v, lo, hi] = ["v", "lo", "hi"].map((key) => bins[key][index]);
    const { colour, shape } = look(row);
    const offset = rows.length > 1 ? (place / (rows.length - 1) - 0.5) * 0.36 : 0;
    const up = (i) => (hi[i] === null ? 0 : shown(state.metric, hi[i] - v[i]));
    const down = (i) => (lo[i] === null ? 0 : shown(state.metric, v[i] - lo[i]));
    return {
      type: "scatter", mode: "lines+markers", name: plain(row.name),
      x: v.map((_, i) => i + offset), y: v.map((each) => each === null ? null : shown(state.metric, each)),
      line: { color: colour, width: 1.5 }, marker: { color: colour, symbol: shape, size: 8 },
      error_y: { type: "data", symmetric: false, array: v.map((_, i) => up(i)),
        arrayminus: v.map((_, i) => down(i)), color: colour, thickness: 1.2, width: 3 },
      hovertemplate: `${plain(row.name)}: %{y:.2f}<extra></extra>`,
    };
  });
  library.react($("lengths"), traces, layout({
    xaxis: { tickvals: names.map((_, i) => i), ticktext: names, showgrid: false,
      tickangle: 0, tickfont: { size: narrow() ? 11 : 13 }, title: { text: "Words in the dialogue" } },
    yaxis: { title: { text: measureLabel(state.metric) } },
  }), CONFIG);
}

const PLOTS = [drawPareto, drawCurves, drawLengths];
