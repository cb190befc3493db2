// Trade-off and learning curves as SVG. Colors of axes and texts come from the style sheet.

const BANDED = 6; // runs up to which the intervals of learning curves are drawn
const AXIS_TITLES = { step: "Optimizer step", seconds: "Training time (s)", tokens: "Tokens seen" };
const MARGIN = { left: 62, right: 16, top: 12, bottom: 46 };
const LETTER = 7.2; // px, width of a letter in a label

function drawPlots() {
  drawPareto();
  drawCurves();
}

// ---- scales and axes --------------------------------------------------------------------------

function linearScale(values, unit, pad = 0.06) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low || Math.abs(high) || 1) * pad;
  const [from, to] = [low - room, high + room];
  const rough = (to - from) / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough);
  const ticks = [];
  for (let v = Math.ceil(from / step) * step; v <= to; v += step) ticks.push(v);
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const text = (v) => tickText(Number(v.toFixed(digits)), unit);
  return { part: (v) => (v - from) / (to - from), ticks: ticks.map((v) => [v, text(v)]) };
}

// A logarithmic scale on which zero is at the left end.
function logScale(values, unit) {
  const positive = values.filter((v) => v > 0);
  if (!positive.length) return linearScale(values, unit);
  const [low, high] = [Math.min(...positive), Math.max(...positive)].map(Math.log10);
  const hasZero = positive.length < values.length;
  const left = hasZero ? Math.floor(low) - 0.6 : low;
  const room = Math.max(0.15, (high - left) * 0.1);
  const at = (v) => (v > 0 ? Math.log10(v) : left);
  const ticks = hasZero ? [[0, "0"]] : [];
  for (let power = Math.floor(low); power <= Math.ceil(high); power++) {
    if (power >= left - room && power <= high + room) ticks.push([10 ** power, tickText(10 ** power, unit)]);
  }
  return { part: (v) => (at(v) - left + room) / (high - left + 2 * room), ticks };
}

const UNITS = {
  bytes: [[1e9, " GB"], [1e6, " MB"], [1e3, " kB"], [1, " B"]],
  count: [[1e9, " B"], [1e6, " M"], [1e3, " k"]],
  seconds: [[3600, " h"], [60, " min"], [1, " s"]],
};

function tickText(value, unit) {
  if (unit === "percent" || unit === "share") return `${value} %`;
  const [size, name] = (UNITS[unit] ?? UNITS.count).find(([limit]) => value >= limit * 0.9999) ?? [1, ""];
  return `${Number((value / size).toPrecision(4))}${name}`;
}

// A plot with axes, and functions from values to pixels for what is drawn on them.
function canvas(host, x, y, titles) {
  const width = Math.max(host.clientWidth, 280);
  const height = width < 600 ? 340 : 440;
  const [right, bottom] = [width - MARGIN.right, height - MARGIN.bottom];
  const toX = (v) => MARGIN.left + x.part(v) * (right - MARGIN.left);
  const toY = (v) => bottom - y.part(v) * (bottom - MARGIN.top);
  const text = (properties, content) => el("svg:text", properties, content);
  const svg = el(
    "svg:svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img",
      "aria-label": titles.join(" over ") },
    ...spaced(y.ticks, toY, 18).flatMap(([v, name]) => [
      el("svg:line", { class: "grid", x1: MARGIN.left, x2: right, y1: toY(v), y2: toY(v) }),
      text({ class: "tick", x: MARGIN.left - 7, y: toY(v) + 4, "text-anchor": "end" }, name)]),
    ...spaced(x.ticks, toX, 54).flatMap(([v, name]) => [
      el("svg:line", { class: "grid", x1: toX(v), x2: toX(v), y1: MARGIN.top, y2: bottom }),
      text({ class: "tick", x: toX(v), y: bottom + 18, "text-anchor": "middle" }, name)]),
    text({ class: "xtitle", x: (MARGIN.left + right) / 2, y: height - 6, "text-anchor": "middle" }, titles[1]),
    text({ class: "ytitle", x: -(MARGIN.top + bottom) / 2, y: 15, "text-anchor": "middle",
      transform: "rotate(-90)" }, titles[0]),
  );
  host.replaceChildren(svg);
  return { svg, toX, toY, width, right, bottom };
}

// The ticks that have room for their texts.
function spaced(ticks, to, distance) {
  let last = null;
  return ticks.filter(([v]) => {
    const fits = last === null || Math.abs(to(v) - last) >= distance;
    if (fits) last = to(v);
    return fits;
  });
}

const line = (points, properties) =>
  el("svg:polyline", { points: points.map((p) => p.join()).join(" "), fill: "none", ...properties });

function point(row, x, y, size, tip) {
  const transform = `translate(${x - size / 2} ${y - size / 2}) scale(${size / 16})`;
  return marker(row, { class: "point", transform, "data-tip": tip });
}

function showTip(event) {
  const tip = event.target.dataset?.tip;
  $("tip").hidden = !tip;
  if (!tip) return;
  $("tip").textContent = tip;
  const left = Math.min(event.clientX + 14, window.innerWidth - $("tip").offsetWidth - 8);
  $("tip").style.translate = `${Math.max(left, 8)}px ${event.clientY + 14}px`;
}

// ---- trade-off --------------------------------------------------------------------------------

function drawPareto() {
  const [xName, yName] = [$("pareto-x").value, $("pareto-y").value];
  const points = plottedRows().filter((row) => row.values[xName] && row.values[yName]).map((row) => ({
    row, x: ends(row, xName), y: ends(row, yName),
    tip: `${row.name}\n${[yName, xName].map((n) => `${measureLabel(n)} ${row.values[n].text}`).join("\n")}`,
  }));
  $("pareto-note").textContent = paretoNote(points, xName, yName);
  if (!points.length) return void $("pareto").replaceChildren();
  const scale = $("pareto-log").checked ? logScale : linearScale;
  const x = scale(points.flatMap((p) => p.x), section().measures[xName].unit, 0.14);
  const y = linearScale(points.flatMap((p) => p.y), section().measures[yName].unit, 0.1);
  const plot = canvas($("pareto"), x, y, [axisTitle(yName), axisTitle(xName)]);
  plot.svg.append(frontier(points, xName, yName, plot));
  for (const p of points) {
    const [px, py] = [plot.toX(p.x[0]), plot.toY(p.y[0])];
    plot.svg.append(
      line([[plot.toX(p.x[1]), py], [plot.toX(p.x[2]), py]], { class: "errorbar", stroke: p.row.color }),
      line([[px, plot.toY(p.y[1])], [px, plot.toY(p.y[2])]], { class: "errorbar", stroke: p.row.color }),
      point(p.row, px, py, 15, p.tip),
    );
  }
  addLabels(points, plot);
}

// Value, lower and upper end in printed units.
function ends(row, name) {
  const { v, lo, hi } = row.values[name];
  return [v, lo ?? v, hi ?? v].map((each) => shownValue(name, each));
}

const direction = (name) => ({ higher: 1, lower: -1 })[section().measures[name].better];

function axisTitle(name) {
  const arrow = { 1: " (higher is better)", "-1": " (lower is better)" }[direction(name)] ?? "";
  return measureLabel(name) + arrow;
}

// Which systems the plot cannot show, and why there may be no line.
function paretoNote(points, x, y) {
  const drawn = new Set(points.map((p) => p.row));
  const missing = plottedRows().filter((row) => !drawn.has(row)).map((row) => row.name);
  const unranked = [x, y].filter((name) => !direction(name)).map(measureLabel);
  return [
    missing.length && `Not in the plot, because one of the two was not measured: ${missing.join(", ")}.`,
    unranked.length && `No line: neither more nor less of ${unranked.join(", ")} is better.`,
  ].filter(Boolean).join(" ");
}

// The systems that no other one beats in both measures, joined by steps.
function frontier(points, xName, yName, { toX, toY }) {
  const [xSign, ySign] = [direction(xName), direction(yName)];
  const beats = (a, b) => {
    const [dx, dy] = [xSign * (a.x[0] - b.x[0]), ySign * (a.y[0] - b.y[0])];
    return dx >= 0 && dy >= 0 && dx + dy > 0;
  };
  const best = xSign && ySign ? points.filter((p) => !points.some((q) => beats(q, p))) : [];
  const corners = best.sort((a, b) => a.x[0] - b.x[0]).flatMap((p, i) => {
    const [px, py, before] = [toX(p.x[0]), toY(p.y[0]), best[i - 1]];
    if (!before) return [[px, py]];
    const corner = xSign < 0 ? [px, toY(before.y[0])] : [toX(before.x[0]), py];
    return [corner, [px, py]];
  });
  return line(corners, { class: "frontier" });
}

// A name beside each point, on the first side where it covers no other name or point; none where
// every side is taken, because names on top of each other cannot be read.
function addLabels(points, { svg, toX, toY, width }) {
  const box = (x, y, w, h) => [x - w / 2, y - h / 2, x + w / 2, y + h / 2];
  const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  const taken = points.map((p) => box(toX(p.x[0]), toY(p.y[0]), 14, 14));
  points.forEach(({ row, x, y }, i) => {
    const w = LETTER * row.name.length;
    const sides = [-14, 0, 14, -30, 30].flatMap((dy) => {
      const dx = w / 2 + (dy ? 7 : 12);
      return [[dx, dy], [-dx, dy]];
    });
    const boxes = sides.map(([dx, dy]) => box(toX(x[0]) + dx, toY(y[0]) + dy, w, 16));
    const free = boxes.find((b) => b[0] >= MARGIN.left && b[2] <= width
      && !taken.some((other, j) => j !== i && overlap(b, other)));
    if (!free) return;
    taken.push(free);
    const [cx, cy] = [(free[0] + free[2]) / 2, (free[1] + free[3]) / 2];
    svg.append(el("svg:text", { class: "label", x: cx, y: cy + 4, "text-anchor": "middle" }, row.name));
  });
}

// ---- learning curves --------------------------------------------------------------------------

function curveNames() {
  const names = new Set(section().curves.flat().flatMap((curves) => Object.keys(curves)));
  const first = [`validation/${state.metric.split("@")[0]}`, "validation/cross_entropy",
    "train/cross_entropy", "train/loss"].filter((name) => names.has(name));
  return [...first, ...[...names].filter((name) => !first.includes(name)).sort()];
}

const curveLabel = (name) =>
  `${measureLabel(name.split("/")[1])}, ${name.startsWith("train/") ? "training" : "validation"}`;

function drawCurves() {
  const [name, axis] = [$("curve-metric").value, $("curve-axis").value];
  const measure = name.split("/")[1];
  const runs = plottedRows().flatMap((row) => section().curves[section().rows.indexOf(row)]
    .map((curves, run) => ({ row, run, curve: curves[name] }))
    .filter(({ curve }) => curve?.[axis]));
  $("curves-empty").hidden = Boolean(curveNames().length);
  $("curves").hidden = $("curve-tools").hidden = !curveNames().length;
  if (!runs.length) return void $("curves").replaceChildren();
  const banded = runs.length <= BANDED;
  const values = ({ curve }) => [...curve.y, ...(banded ? [...(curve.lo ?? []), ...(curve.hi ?? [])] : [])];
  const all = runs.flatMap(values).filter((v) => v !== null).map((v) => shownValue(measure, v));
  const x = linearScale(runs.flatMap(({ curve }) => curve[axis]), axis === "seconds" ? "" : "count", 0.03);
  const plot = canvas($("curves"), x, linearScale(all, section().measures[measure]?.unit),
    [curveLabel(name), AXIS_TITLES[axis]]);
  for (const run of runs) drawCurve(run, axis, measure, plot, banded);
  const rows = [...new Set(runs.map(({ row }) => row))];
  $("curves").append(el("div", { class: "legend" }, ...rows.map((row) =>
    el("span", {}, symbol(row), row.name))));
}

function drawCurve({ row, run, curve }, axis, measure, { svg, toX, toY }, banded) {
  const at = (values, i) => [toX(curve[axis][i]), toY(shownValue(measure, values[i]))];
  const known = [...curve.y.keys()].filter((i) => curve.y[i] !== null);
  if (banded && curve.lo) {
    const inside = known.filter((i) => curve.lo[i] !== null && curve.hi[i] !== null);
    const outline = [...inside.map((i) => at(curve.lo, i)), ...inside.reverse().map((i) => at(curve.hi, i))];
    svg.append(line(outline, { class: "band", fill: row.color }));
  }
  svg.append(line(known.map((i) => at(curve.y, i)), { class: "curve", stroke: row.color }));
  const size = known.length > 40 ? 4 : 9;
  const text = (values, i) => shownValue(measure, values[i]).toFixed(3);
  svg.append(...known.map((i) => {
    const interval = curve.lo?.[i] == null ? "" : ` (${text(curve.lo, i)}–${text(curve.hi, i)})`;
    const seed = row.seeds[run] === undefined ? "" : `, seed ${row.seeds[run]}`;
    return point(row, ...at(curve.y, i), size,
      `${row.name}${seed}\n${text(curve.y, i)}${interval}\n${AXIS_TITLES[axis]} ${Math.round(curve[axis][i])}`);
  }));
}
