// Data, state and small helpers. All texts enter the page as text nodes, never as HTML.

const core = JSON.parse(document.getElementById("core").textContent);
const bodies = new Map(); // section index -> promise of its dialogues and outputs

// What is chosen; `draw` runs again what depends on it.
const state = {
  section: 0,
  metric: core.metric,
  filter: "",
  group: "",
  sort: null, // {key, descending}; null: the order the command gave
  hidden: new Set(), // rows switched off in the plots
};

const $ = (id) => document.getElementById(id);
const section = () => core.sections[state.section];
const narrow = () => window.innerWidth <= 720;

// Make an element: properties, `class`, `data-*` and `on*` as given; children are nodes or texts.
function el(tag, properties = {}, ...children) {
  const node = tag.startsWith("svg:")
    ? document.createElementNS("http://www.w3.org/2000/svg", tag.slice(4))
    : document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

// Draw the inside of a node again; the button in it that had the focus keeps it.
function redraw(node, draw) {
  const buttons = () => [...node.querySelectorAll("button")];
  const place = buttons().indexOf(document.activeElement);
  draw();
  buttons()[place]?.focus({ preventScroll: true });
}

// Options are [value, text] or, for a group of them, [heading, options].
function fillSelect(select, options, chosen) {
  const option = ([value, text]) => el("option", { value, selected: value === chosen }, text);
  select.replaceChildren(...options.map((each) => (Array.isArray(each[1])
    ? el("optgroup", { label: each[0] }, ...each[1].map(option)) : option(each))));
  select.value = chosen;
}

// Unpack a block: base64 of gzipped text.
async function unpack(id) {
  const packed = atob($(id).textContent);
  const bytes = new Uint8Array(packed.length);
  for (let index = 0; index < packed.length; index++) bytes[index] = packed.charCodeAt(index);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

function body(index = state.section) {
  if (!bodies.has(index)) bodies.set(index, unpack(`body-${index}`).then(JSON.parse));
  return bodies.get(index);
}

const value = (row, measure) => row.values[measure]?.v ?? null;
const shown = (measure, number) => number * section().measures[measure].scale;
const measureLabel = (name) => section().measures[name]?.label ?? capitalised(name.replaceAll("_", " "));
const capitalised = (text) => text.charAt(0).toUpperCase() + text.slice(1);

// Rows that pass the filter, in the order of the table.
function filteredRows() {
  const tests = state.filter.toLowerCase().split(/\s+/).filter(Boolean).map(rowTest);
  const rows = section().rows.filter((row) => tests.every((test) => test(row)));
  return state.sort ? sorted(rows, state.sort) : rows;
}

// Rows that the plots show.
const plottedRows = () => filteredRows().filter((row) => !state.hidden.has(row));

// `key=value`, `key!=value` against settings; anything else against label and model.
function rowTest(text) {
  const [, key, negated, wanted] = text.match(/^([\w.]+)(!?)=(.*)$/) ?? [];
  if (key === undefined) {
    return (row) => `${row.label} ${row.model ?? ""}`.toLowerCase().includes(text);
  }
  return (row) => {
    const found = setting(row, key);
    const same = found !== undefined && wanted.split(",").includes(String(found).toLowerCase());
    return same !== (negated === "!");
  };
}

function setting(row, key) {
  const own = { strategy: row.strategy, model: row.model, seeds: row.seeds.length };
  const known = { ...own, ...row.settings };
  const path = Object.keys(known).find(
    (name) => name.toLowerCase() === key || name.toLowerCase().endsWith(`.${key}`),
  );
  return path === undefined ? undefined : known[path];
}

// Rows without the value come last, whichever the direction.
function sorted(rows, { key, descending }) {
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [sortValue(a, key), sortValue(b, key)];
    if (x === null || y === null) return (x === null) - (y === null);
    return sign * (typeof x === "string" ? x.localeCompare(y) : x - y);
  });
}

function sortValue(row, key) {
  if (key === "label") return row.label;
  if (key === "tuning") return row.tuning || null;
  if (key === "difference" || key === "kept") return row.verdicts[state.metric]?.[key] ?? null;
  return value(row, key);
}
