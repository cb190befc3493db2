// The table of results, its notes, and the matrix of all pairs.

const table = () => section().tables[state.metric];
// A column `under` another one that is shown shares its cells.
const stackedUnder = ({ key }) => table().columns.filter((column) => column.under === key);

function mainColumns() {
  const keys = new Set(table().columns.map((column) => column.key));
  return table().columns.filter((column) => !keys.has(column.under));
}

// Rows that pass the filter, in the order of the table.
function filteredRows() {
  const words = state.filter.toLowerCase().split(/\s+/);
  const rows = section().rows.filter((row) => words.every((word) => row.searched.includes(word)));
  return state.sort ? rows.sort(compareRows) : rows;
}

const plottedRows = () => filteredRows().filter((row) => !state.hidden.has(row));

// The text, value and details of a row in a column.
function cell(row, key) {
  const place = table().columns.findIndex((column) => column.key === key);
  return table().cells[section().rows.indexOf(row)][place] ?? ["–", null, ""];
}

// Rows without the value come last in both directions.
function compareRows(a, b) {
  const [x, y] = [a, b].map((row) => cell(row, state.sort.key)[1]);
  if (x === null || y === null) return (x === null) - (y === null);
  const order = typeof x === "string" ? x.localeCompare(y) : x - y;
  return state.sort.descending ? -order : order;
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
  const rows = filteredRows().map((row) => tableRow(row, columns));
  const none = el("tr", {}, el("td", { class: "empty" }, "No row fits the filter."));
  $("table").replaceChildren(
    el("thead", {}, el("tr", {}, ...columns.map(headCell))),
    el("tbody", {}, ...(rows.length ? rows : [none])),
  );
}

function headCell(column) {
  const { key, heading, sorts } = column;
  const stacked = stackedUnder(column);
  const help = [column, ...stacked].filter((c) => c.help).map((c) => `${c.heading}: ${c.help}`);
  const direction = state.sort?.descending ? "descending" : "ascending";
  return el(
    "th",
    { scope: "col", title: help.join("\n"), class: key === "label" ? "system" : null,
      "aria-sort": state.sort?.key === key ? direction : null },
    sorts ? el("button", { type: "button", onclick: () => sortBy(key) }, heading) : heading,
    ...stacked.map((under) => el("small", {}, under.heading)),
  );
}

function tableRow(row, columns) {
  const classes = `${row.kind} ${state.hidden.has(row) ? "off" : ""}`;
  const [name, ...others] = columns;
  return el("tr", { class: classes, "data-row": row.label },
    nameCell(row, name), ...others.map((column) => dataCell(row, column)));
}

function nameCell(row, column) {
  const shown = !state.hidden.has(row);
  const toggle = { type: "button", class: "toggle", "aria-pressed": String(shown),
    "aria-label": `${row.name} in plots`, title: shown ? "Hide in plots" : "Show in plots",
    onclick: () => toggleRow(row) };
  return el("th", { scope: "row", class: "system" }, el("button", toggle, symbol(row)),
    el("span", { class: "name" }, row.label), ...stackedTexts(row, column));
}

function stackedTexts(row, column) {
  const texts = stackedUnder(column).map(({ key }) => cell(row, key)[0]);
  return texts.filter((text) => text !== "–").map((text) => el("small", {}, text));
}

function dataCell(row, column) {
  const [text, , details] = cell(row, column.key);
  const isInterval = column.key === `${state.metric}_ci` && row.values[state.metric];
  const outcome = { "▲": "better", "▼": "worse" }[text.match(/[▲▼]/)?.[0]];
  const classes = [outcome, column.key === state.metric ? "main" : ""].join(" ");
  return el("td", { class: classes, title: details },
    isInterval ? whisker(row) : null, text, ...stackedTexts(row, column));
}

// The interval over dialogues as a bar, the mean as a tick and each seed as a dot, on one scale.
function whisker(row) {
  const found = section().rows.map((each) => each.values[state.metric]).filter(Boolean);
  const all = found.flatMap((f) => [f.lo, f.hi, f.v, ...f.each]).filter((v) => v !== null);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const { v, lo, hi, each } = row.values[state.metric];
  const stroke = (from, to, [y1, y2], style) => el("svg:line", {
    x1: 4 + (112 * (from - low)) / (high - low || 1), x2: 4 + (112 * (to - low)) / (high - low || 1),
    y1, y2, stroke: row.color, "vector-effect": "non-scaling-stroke", ...style });
  return el("svg:svg", { class: "whisker", viewBox: "0 0 120 20", preserveAspectRatio: "none" },
    stroke(low, high, [10, 10], { stroke: "var(--line)" }),
    stroke(lo ?? v, hi ?? v, [10, 10], { "stroke-width": 7, "stroke-opacity": 0.38 }),
    ...each.map((one) => stroke(one, one, [10, 10], { "stroke-width": 4, "stroke-linecap": "round" })),
    stroke(v, v, [4, 16], { "stroke-width": 2 }));
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
  const rows = core.excluded.map(({ run, status, why }) => el("tr", {},
    el("td", {}, run), el("td", { class: "status" }, status), el("td", {}, why)));
  if (rows.length) $("excluded").append(el("table", {}, el("caption", {}, "Not compared"), ...rows));
}

// A heat map that is a table, so that it prints and can be read aloud.
function drawPairs() {
  const pairs = section().pairs[state.metric];
  const place = (row) => section().rows.indexOf(row);
  const rows = filteredRows().filter((row) => place(row) < pairs.length);
  const cut = `${pairs.length} of ${section().rows.length} rows`;
  $("pairs-intro").textContent = `Row minus column in ${measureLabel(state.metric)}, the first ${cut}. `
    + "Colored: p < 0.05 by approximate randomization, Holm-corrected over these pairs, conditional on "
    + "the trained runs. ▲ the row is better, ▼ worse; (▲) the seeds do not confirm it, ▲? cannot.";
  const largest = Math.max(...pairs.flat().map((pair) => Math.abs(pair?.difference ?? 0))) || 1;
  const names = rows.map((row) => el("th", { scope: "col" }, el("span", {}, row.name)));
  $("matrix").replaceChildren(
    el("thead", {}, el("tr", {}, el("td"), ...names)),
    el("tbody", {}, ...rows.map((row) => el("tr", {}, el("th", { scope: "row" }, row.name),
      ...rows.map((other) => pairCell(row, other, pairs[place(row)][place(other)], largest))))),
  );
}

function pairCell(row, other, pair, largest) {
  if (!pair) return el("td", { class: "self" });
  const depth = 16 + Math.round((46 * Math.abs(pair.difference)) / largest);
  const title = `${row.name} minus ${other.name}: ${pair.text}, p ${pair.p}`;
  return el("td", { class: pair.outcome, style: `--depth: ${depth}%`, title }, pair.text);
}
