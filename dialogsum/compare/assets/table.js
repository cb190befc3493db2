// The table of results, its notes, and the matrix of all pairs.

const table = () => section().tables[state.metric];
const mainColumns = () => table().columns.filter((column) => !isStacked(column));
// A column `under` another one that is shown shares its cells.
const isStacked = ({ under }) => table().columns.some((column) => column.key === under);

// Rows that pass the filter, in the order of the table.
function filteredRows() {
  const words = state.filter.toLowerCase().split(/\s+/).filter(Boolean);
  const rows = section().rows.filter((row) => words.every((word) => row.searched.includes(word)));
  return state.sort ? sorted(rows, state.sort) : rows;
}

const plottedRows = () => filteredRows().filter((row) => !state.hidden.has(row));

// The text, value and details of a row in a column.
function cell(row, key) {
  const place = table().columns.findIndex((column) => column.key === key);
  return table().cells[section().rows.indexOf(row)][place] ?? ["–", null, ""];
}

// Rows without the value come last in both directions.
function sorted(rows, { key, descending }) {
  const sign = descending ? -1 : 1;
  const values = new Map(rows.map((row) => [row, cell(row, key)[1]]));
  return [...rows].sort((a, b) => {
    const [x, y] = [values.get(a), values.get(b)];
    if (x === null || y === null) return (x === null) - (y === null);
    return sign * (typeof x === "string" ? x.localeCompare(y) : x - y);
  });
}

// Best first at the first click, the other direction at the next one.
function sortBy(key) {
  const { better } = table().columns.find((column) => column.key === key);
  const descending = state.sort?.key === key ? !state.sort.descending : better === "higher";
  state.sort = { key, descending };
  redraw($("table"), drawTable);
}

function drawTable() {
  const columns = mainColumns();
  const rows = filteredRows();
  const none = el("tr", {}, el("td", { class: "empty" }, "No row fits the filter."));
  $("table").replaceChildren(
    el("thead", {}, el("tr", {}, ...columns.map(headCell))),
    el("tbody", {}, ...(rows.length ? rows.map((row) => tableRow(row, columns)) : [none])),
  );
  $("show-all").hidden = !state.hidden.size;
  const sortable = columns.filter((column) => column.sorts).map((c) => [c.key, c.heading]);
  fillSelect($("sort"), [["", "given order"], ...sortable], state.sort?.key ?? "");
}

const stackedUnder = ({ key }) => table().columns.filter((column) => column.under === key);

function headCell(column) {
  const { key, heading, help, sorts } = column;
  const directions = { true: "descending", false: "ascending" };
  const stacked = stackedUnder(column);
  const title = [column, ...stacked].map((c) => c.help && `${c.heading}: ${c.help}`).filter(Boolean);
  return el(
    "th",
    { scope: "col", title: title.join("\n"), class: key === "label" ? "system" : null,
      "aria-sort": state.sort?.key === key ? directions[state.sort.descending] : null },
    sorts ? el("button", { type: "button", onclick: () => sortBy(key) }, heading) : heading,
    ...stacked.map((under) => el("small", {}, under.heading)),
  );
}

function tableRow(row, columns) {
  const classes = [row.kind === "baseline" && "base", state.hidden.has(row) && "off"];
  return el(
    "tr",
    { class: classes.filter(Boolean).join(" "), "data-row": row.label },
    ...columns.map((column) => (column.key === "label" ? systemCell(row, column)
      : dataCell(row, column))),
  );
}

function systemCell(row, column) {
  const shown = !state.hidden.has(row);
  const toggle = el(
    "button",
    { type: "button", class: "toggle", "aria-pressed": String(shown), onclick: () => toggleRow(row),
      title: shown ? "Hide in plots" : "Show in plots", "aria-label": `${row.name} in plots` },
    symbol(row),
  );
  return el("th", { scope: "row", class: "system" },
    toggle, el("span", { class: "name" }, row.label), ...stackedTexts(row, column));
}

function stackedTexts(row, column) {
  const texts = stackedUnder(column).map(({ key }) => cell(row, key)[0]);
  return texts.filter((text) => text !== "–").map((text) => el("small", {}, text));
}

function dataCell(row, column) {
  const [text, , details] = cell(row, column.key);
  const names = [column, ...stackedUnder(column)].map(({ heading }) => heading);
  const isInterval = column.key === `${state.metric}_ci` && row.values[state.metric];
  const outcome = { "▲": "better", "▼": "worse" }[text.match(/[▲▼]/)?.[0]];
  const classes = [outcome, column.key === state.metric && "main", isInterval && "interval",
    text === "–" && "none"];
  return el(
    "td",
    { class: classes.filter(Boolean).join(" "), "data-label": names.join(", "), title: details },
    isInterval ? whisker(row) : null, text, ...stackedTexts(row, column),
  );
}

// The interval over dialogues as a bar, the mean as a tick and each seed as a dot, on one scale.
function whisker(row) {
  const found = section().rows.map((each) => each.values[state.metric]).filter(Boolean);
  const all = found.flatMap((f) => [f.lo, f.hi, f.v, ...f.each]).filter((v) => v !== null);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const at = (v) => 4 + (112 * (v - low)) / (high - low || 1);
  const { v, lo, hi, each } = row.values[state.metric];
  const stroke = (x1, x2, y1, y2, style) => el("svg:line", { x1, x2, y1, y2, stroke: row.color,
    "vector-effect": "non-scaling-stroke", ...style });
  return el(
    "svg:svg", { class: "whisker", viewBox: "0 0 120 20", preserveAspectRatio: "none" },
    stroke(0, 120, 10, 10, { stroke: "var(--line)" }),
    lo === null ? null : stroke(at(lo), at(hi), 10, 10, { "stroke-width": 7, "stroke-opacity": 0.38 }),
    ...(each.length > 1 ? each : []).map((one) =>
      stroke(at(one), at(one), 10, 10, { "stroke-width": 4, "stroke-linecap": "round" })),
    stroke(at(v), at(v), 4, 16, { "stroke-width": 2 }),
  );
}

function toggleRow(row) {
  if (!state.hidden.delete(row)) state.hidden.add(row);
  redraw($("table"), drawTable);
  drawPlots();
}

function drawNotes() {
  const above = [core.honesty, ...section().findings];
  const notes = [...section().notes.filter((note) => !above.includes(note)), ...core.notes];
  $("notes").replaceChildren(...notes.map((note) => el("li", {}, note)));
}

function drawExcluded() {
  if (!core.excluded.length) return;
  const rows = core.excluded.map(({ run, status, why }) => el("tr", {},
    el("td", {}, run), el("td", { class: "status" }, status), el("td", {}, why)));
  $("excluded").replaceChildren(el("table", {}, el("caption", {}, "Not compared"), ...rows));
}

// ---- every pair: a heat map that is a table, so that it prints and can be read aloud ----------

function drawPairs() {
  const rows = filteredRows();
  $("pairs-intro").textContent =
    `Row minus column in ${measureLabel(state.metric)}. Colored: p < 0.05 by approximate `
    + "randomization on the same dialogues, Holm-corrected over all pairs; conditional on the "
    + "trained runs. ▲ the row is better, ▼ worse; in brackets where the seeds do not confirm it.";
  $("matrix").replaceChildren(
    el("thead", {}, el("tr", {}, el("td"),
      ...rows.map((row) => el("th", { scope: "col" }, el("span", {}, row.name))))),
    el("tbody", {}, ...rows.map((row) => el("tr", {}, el("th", { scope: "row" }, row.name),
      ...rows.map((other) => pairCell(row, other))))),
  );
}

function pairCell(row, other) {
  if (row === other) return el("td", { class: "self" });
  const pairs = section().pairs[state.metric];
  const [i, j] = [row, other].map((each) => section().rows.indexOf(each));
  const text = pairs.text[i][j];
  const largest = Math.max(...pairs.difference.flat().map(Math.abs)) || 1;
  const depth = 16 + Math.round((46 * Math.abs(pairs.difference[i][j])) / largest);
  return el(
    "td",
    { class: pairs.outcome[i][j], style: `--depth: ${depth}%`,
      title: `${row.name} minus ${other.name}: ${text}, p ${pairs.p[i][j]}` },
    `${text} ${pairs.mark[i][j]}`.trim(),
  );
}
