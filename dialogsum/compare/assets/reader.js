// One dialogue at a time with every system's summary, so that size costs nothing.

const VOICES = ["#2b7bba", "#d9730d", "#1a9a76", "#b0619f", "#a48a00", "#c8452f"];
const SHOWN = 12; // systems shown at first
const reader = {
  data: null, // `body` of this table
  order: [], // indices of the dialogues that fit the search
  place: 0, // in `order`
  shown: new Set(), // rows
  voices: new Map(), // speakers of the dialogue on screen -> color
};

async function openReader() {
  const wanted = state.section;
  const data = await body(wanted);
  if (wanted !== state.section) return;
  Object.assign(reader, { data, order: [], place: 0, shown: new Set(section().rows.slice(0, SHOWN)) });
  fillReaderChoices();
  drawChips();
  restoreRatings();
  arrange();
}

function fillReaderChoices() {
  const { rows, read } = section();
  const options = rows.map((row, index) => [String(index), row.name]);
  const first = Math.max(rows.findIndex((row) => row.kind === "trained"), 0);
  const other = rows.findIndex((row, i) => row.kind === "baseline" && i !== first);
  fillSelect($("beats-a"), options, String(first));
  fillSelect($("beats-b"), options, String(other >= 0 ? other : Math.min(1, rows.length - 1)));
  fillSelect($("beats-metric"), read.map((name) => [name, measureLabel(name)]), state.metric);
  const seeds = [...new Set(rows.flatMap((row) => row.seeds))].sort((a, b) => a - b);
  $("seed-choice").hidden = seeds.length < 2;
  fillSelect($("seed"), seeds.map((seed) => [String(seed), seed]), String(seeds[0]));
}

// The run of a row with the chosen seed; the first if the row does not have that seed.
const chosenRun = (row) => Math.max(row.seeds.indexOf(Number($("seed").value)), 0);
const outputs = (row) => reader.data.rows[section().rows.indexOf(row)][chosenRun(row)];

function drawChips() {
  const toggle = (row) => {
    if (!reader.shown.delete(row)) reader.shown.add(row);
    redraw($("shown"), drawChips);
    drawPage();
  };
  $("shown").replaceChildren(...section().rows.map((row) => el("button", { type: "button",
    class: "chip", "aria-pressed": String(reader.shown.has(row)), onclick: () => toggle(row) },
  symbol(row), row.name)));
}

// Choose the dialogues and their order; stay at the same dialogue if it is among them.
function arrange() {
  const current = reader.order[reader.place];
  const wanted = $("search").value.trim().toLowerCase();
  const blind = $("blind").checked;
  $("beats").hidden = $("order").value !== "beats" || blind;
  $("order").disabled = $("shown").hidden = blind;
  reader.order = [...reader.data.ids.keys()].filter((index) => searched(index).includes(wanted));
  if (!$("beats").hidden) orderByDifference();
  reader.place = Math.max($("beats").hidden ? reader.order.indexOf(current) : 0, 0);
  drawPage();
}

// All texts of a dialogue, to search in.
function searched(index) {
  const { ids, turns, references, rows } = reader.data;
  reader.data.searched ??= ids.map((id, i) => [id, ...turns[i].map((turn) => turn.join(": ")),
    ...references[i], ...rows.flat().map((run) => run.outputs[i])].join("\n").toLowerCase());
  return reader.data.searched[index];
}

// The score of A minus that of B in units of 1/10,000; 0 where one is not defined.
function difference(index) {
  const rows = ["beats-a", "beats-b"].map((id) => section().rows[$(id).value]);
  const [a, b] = rows.map((row) => outputs(row).scores[$("beats-metric").value]?.[index] ?? NaN);
  return a - b || 0;
}

// Dialogues where A is ahead, by how much.
function orderByDifference() {
  const sign = section().measures[$("beats-metric").value].better === "lower" ? -1 : 1;
  const lead = reader.data.ids.map((_, index) => sign * difference(index));
  reader.order = reader.order.filter((index) => lead[index] > 0).sort((i, j) => lead[j] - lead[i]);
}

function move(steps) {
  const place = reader.place + steps;
  if (!(place >= 0 && place < reader.order.length)) return;
  reader.place = place;
  drawPage();
  const { top, bottom } = $("reader").getBoundingClientRect();
  if (bottom < 200 || top > window.innerHeight - 120) $("reader").scrollIntoView();
}

function drawPage() {
  const total = reader.order.length;
  const index = reader.order[reader.place];
  $("position").value = total ? reader.place + 1 : 0;
  $("count").textContent = total;
  $("previous").disabled = reader.place <= 0;
  $("next").disabled = reader.place >= total - 1;
  const { ids, groups, turns } = reader.data;
  const metric = $("beats-metric").value;
  const ahead = (shownValue(metric, difference(index)) / 10000).toFixed(1).replace("-", "−");
  $("what").textContent = total
    ? [ids[index], groups[index], $("beats").hidden ? "" : `A − B: ${ahead}`].filter(Boolean).join(" · ")
    : "No dialogue fits.";
  const speakers = [...new Set((turns[index] ?? []).map(([speaker]) => speaker).filter(Boolean))];
  reader.voices = new Map(speakers.map((name, i) => [name, VOICES[i % VOICES.length]]));
  $("page").replaceChildren(...(total ? [dialogueColumn(index), summaryColumn(index)] : []));
  drawRatings();
}

function dialogueColumn(index) {
  const lines = reader.data.turns[index].map(([speaker, text]) => {
    const name = speaker ? el("b", {}, `${speaker.replaceAll("#", "")}: `) : null;
    return el("p", { class: "turn", style: `--voice: ${reader.voices.get(speaker)}` }, name, text);
  });
  const unknown = lines.length ? [] : ["The dialogue is not known."];
  return el("div", { class: "dialogue" }, el("h3", {}, "Dialogue"), ...lines, ...unknown);
}

function summaryColumn(index) {
  const references = reader.data.references[index].map((text, i, all) =>
    card("reference", [el("b", {}, all.length > 1 ? `Reference ${i + 1}` : "Reference")], text));
  const rows = section().rows.filter((row) => reader.shown.has(row));
  const cards = $("blind").checked ? blindCards(index, rows) : rows.map((row) => openCard(index, row));
  return el("div", {}, el("h3", {}, "Summaries"),
    el("div", { class: "cards" }, ...references), el("div", { class: "cards" }, ...cards));
}

function card(kind, header, text, ...more) {
  const content = text.trim() ? withSpeakers(text) : ["(empty)"];
  return el("div", { class: `card ${kind}` }, el("header", {}, ...header), el("p", {}, ...content), ...more);
}

function openCard(index, row) {
  const { outputs: texts, scores } = outputs(row);
  const known = ["rouge1", "rouge2", "rougeL"].filter((name) => scores[name]?.[index] != null);
  const shown = known.map((name) => `R-${name.at(-1)} ${(scores[name][index] / 100).toFixed(1)}`);
  const seed = row.seeds.length > 1 ? `seed ${row.seeds[chosenRun(row)]}` : null;
  return card("system", [symbol(row), el("b", {}, row.name), seed,
    el("span", { class: "scores" }, shown.join(" · "))], texts[index]);
}

// The text with the speakers' names in their colors.
function withSpeakers(text) {
  if (!reader.voices.size) return [text];
  const literal = (name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const names = [...reader.voices.keys()].sort((a, b) => b.length - a.length).map(literal);
  const parts = text.split(new RegExp(`(?<![\\p{L}\\d])(${names.join("|")})(?![\\p{L}\\d])`, "u"));
  return parts.map((part, i) => (i % 2 === 0 ? part
    : el("span", { class: "voice", style: `--voice: ${reader.voices.get(part)}` }, part)));
}
