// Data, state and small helpers. All texts enter the page as text nodes, never as HTML.

const core = JSON.parse(document.getElementById("core").textContent);
const bodies = new Map(); // section index -> promise of its dialogues and outputs
const state = {
  section: 0,
  metric: core.metric,
  filter: "",
  sort: null, // {key, descending}; null: the order of the command
  hidden: new Set(), // rows switched off in the plots
};

const $ = (id) => document.getElementById(id);
const section = () => core.sections[state.section];
const measureLabel = (name) => section().measures[name]?.label ?? name.replaceAll("_", " ");
const shownValue = (name, value) => value * (section().measures[name]?.scale ?? 1);

// Make an element; `on*` properties are listeners, children are nodes or texts.
function el(tag, properties = {}, ...children) {
  const node = tag.startsWith("svg:")
    ? document.createElementNS("http://www.w3.org/2000/svg", tag.slice(4))
    : document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== "") node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

// Draw the inside of a node again; the focused button in it stays focused.
function redraw(node, draw) {
  const buttons = () => [...node.querySelectorAll("button")];
  const focused = buttons().indexOf(document.activeElement);
  draw();
  buttons()[focused]?.focus({ preventScroll: true });
}

// Options are [value, text].
function fillSelect(select, options, chosen) {
  select.replaceChildren(...options.map(([value, text]) => el("option", { value }, text)));
  for (const option of select.options) option.selected = option.value === chosen;
}

// The content of a block: base64 of gzipped text.
function unpack(id) {
  const packed = Uint8Array.from(atob($(id).textContent), (character) => character.charCodeAt(0));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip")));
}

function body(index) {
  if (!bodies.has(index)) bodies.set(index, unpack(`body-${index}`).json());
  return bodies.get(index);
}

// Paths in a box of 16 by 16, by matplotlib's names of markers.
const MARKERS = {
  o: "M8 2.5a5.5 5.5 0 1 0 .01 0Z", s: "M3 3h10v10H3Z", D: "M8 1.5 14.5 8 8 14.5 1.5 8Z",
  "^": "M8 2 14.5 13.5h-13Z", v: "M8 14 1.5 2.5h13Z", P: "M6 2h4v4h4v4h-4v4H6v-4H2V6h4Z",
  X: "M4.5 2 8 5.5 11.5 2 14 4.5 10.5 8 14 11.5 11.5 14 8 10.5 4.5 14 2 11.5 5.5 8 2 4.5Z",
  "*": "M8 1l2 4.8 5 .4-3.8 3.3 1.2 5L8 11.8 3.6 14.5l1.2-5L1 6.2l5-.4Z",
};

function marker({ color, marker: shape, hollow }, properties = {}, ...children) {
  const fill = hollow ? "var(--ground)" : color;
  const stroke = { stroke: color, "stroke-width": hollow ? 2 : 0 };
  return el("svg:path", { d: MARKERS[shape], fill, ...stroke, ...properties }, ...children);
}

const symbol = (row) => el("svg:svg", { viewBox: "0 0 16 16", class: "symbol" }, marker(row));
