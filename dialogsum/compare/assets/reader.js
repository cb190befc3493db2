// One dialogue at a time with every system's summary, so that size costs nothing.

const VOICES = ["#2b7bba", "#d9730d", "#1a9a76", "#b0619f", "#a48a00", "#c8452f"];
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
  Object.assign(reader, { data, order: [], place: 0, shown: new Set(section().rows) });
  fillReaderChoices();
  drawChips();
  restoreRatings();
  arrange(decodeURIComponent(location.hash.match(/^#read=(.*)$/)?.[1] ?? ""));
}

function fillReaderChoices() {
  const { rows, read } = section();
  const options = rows.map((row, index) => [String(index), row.name]);
  const first = Math.max(rows.findIndex((row) => row.kind === "trained"), 0);
  const other = rows.findIndex((row, i) => row.kind === "baseline" && i !== first);
  fillSelect($("beats-a"), options, String(first));
  fillSelect($("beats-b"), options, String(other >= 0 ? other : Math.min(1, rows.length - 1)));
  fillSelect($("beats-metric"), read.map((name) => [name, measureLabel(name)]),
    read.includes(state.metric) ? state.metric : read[0]);
  const seeds = [...new Set(rows.flatMap((row) => row.seeds))].sort((a, b) => a - b);
  $("seed-choice").hidden = seeds.length < 2;
  fillSelect($("seed"), seeds.map((seed) => [String(seed), String(seed)]), String(seeds[0]));
}

// The run of a row with the chosen seed; the first if the row does not have that seed.
const chosenRun = (row) => Math.max(row.seeds.findIndex((seed) => String(seed) === $("seed").value), 0);
const outputs = (row) => reader.data.rows[section().rows.indexOf(row)][chosenRun(row)];

function drawChips() {
  const toggle = (row) => {
    if (!reader.shown.delete(row)) reader.shown.add(row);
    redraw($("shown"), drawChips);
    drawPage();
  };
  $("shown").replaceChildren(...section().rows.map((row) => el(
    "button",
    { type: "button", class: "chip", "aria-pressed": String(reader.shown.has(row)),
      onclick: () => toggle(row) },
    symbol(row), row.name,
  )));
}

// Choose the dialogues and their order; stay at the dialogue `id` if it is among them.
function arrange(id = currentId()) {
  if (!reader.data) return;
  const wanted = $("search").value.trim().toLowerCase();
  const blind = $("blind").checked;
  $("beats").hidden = $("order").value !== "beats" || blind;
  $("order").disabled = blind;
  $("shown").hidden = blind;
  reader.order = [...reader.data.ids.keys()].filter((index) => searched(index).includes(wanted));
  if (!$("beats").hidden) orderByDifference();
  const place = reader.order.findIndex((index) => reader.data.ids[index] === id);
  reader.place = Math.max(place, 0);
  drawPage();
}

const currentId = () => reader.data?.ids[reader.order[reader.place]];

// All texts of a dialogue, to search in.
function searched(index) {
  const { ids, turns, references, rows } = reader.data;
  reader.data.searched ??= ids.map((id, i) => [id, ...turns[i].map((turn) => turn.join(": ")),
    ...references[i], ...rows.flat().map((run) => run.outputs[i])].join("\n").toLowerCase());
  return reader.data.searched[index];
}

// The score of A minus that of B in units of 1/10,000; null where one is not defined.
function difference(index) {
  const [x, y] = ["beats-a", "beats-b"].map((id) => {
    const row = section().rows[Number($(id).value)];
    return outputs(row).scores[$("beats-metric").value]?.[index] ?? null;
  });
  return x === null || y === null ? null : x - y;
}

// Dialogues where A is ahead, by how much.
function orderByDifference() {
  const better = section().measures[$("beats-metric").value]?.better === "lower" ? -1 : 1;
  const lead = new Map(reader.order.map((index) => [index, better * (difference(index) ?? 0)]));
  reader.order = reader.order.filter((index) => lead.get(index) > 0)
    .sort((i, j) => lead.get(j) - lead.get(i));
}

function move(steps) {
  const place = reader.place + steps;
  if (place < 0 || place >= reader.order.length) return;
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
  if (!total) {
    $("what").textContent = "";
    $("page").replaceChildren(el("p", { class: "empty" }, "No dialogue fits."));
    return;
  }
  const { ids, groups, turns } = reader.data;
  const ahead = $("beats").hidden ? null
    : `A − B: ${scoreText(difference(index), $("beats-metric").value)}`;
  $("what").textContent = [ids[index], groups[index], ahead].filter(Boolean).join(" · ");
  history.replaceState(null, "", `#read=${encodeURIComponent(ids[index])}`);
  const speakers = [...new Set(turns[index].map(([speaker]) => speaker).filter(Boolean))];
  reader.voices = new Map(speakers.map((name, i) => [name, VOICES[i % VOICES.length]]));
  $("page").replaceChildren(dialogueColumn(index), summaryColumn(index));
  drawRatings();
}

function dialogueColumn(index) {
  const lines = reader.data.turns[index].map(([speaker, text]) => el(
    "p", { class: "turn", style: speaker ? `--voice: ${reader.voices.get(speaker)}` : null },
    speaker ? el("b", {}, `${speaker.replaceAll("#", "")}: `) : null, ...highlighted(text)));
  const none = el("p", { class: "empty" }, "The dialogue is not known.");
  return el("div", { class: "dialogue" }, el("h3", {}, "Dialogue"), ...(lines.length ? lines : [none]));
}

function summaryColumn(index) {
  const references = reader.data.references[index].map((text, i, all) => card("reference",
    [el("b", {}, all.length > 1 ? `Reference ${i + 1}` : "Reference")], text));
  const rows = section().rows.filter((row) => reader.shown.has(row));
  const cards = $("blind").checked ? blindCards(index, rows) : rows.map((row) => openCard(index, row));
  return el("div", {}, el("h3", {}, "Summaries"),
    el("div", { class: "cards" }, ...references), el("div", { class: "cards" }, ...cards));
}

function card(kind, header, text, ...more) {
  const content = text.trim() ? el("p", {}, ...withSpeakers(text))
    : el("p", { class: "empty" }, "(empty)");
  return el("div", { class: `card ${kind}` }, el("header", {}, ...header), content, ...more);
}

function openCard(index, row) {
  const { outputs: texts, scores } = outputs(row);
  const shown = ["rouge1", "rouge2", "rougeL"].filter((name) => scores[name]?.[index] != null);
  const text = shown.map((name) =>
    `${measureLabel(name).replace("ROUGE-", "R-")} ${(scores[name][index] / 100).toFixed(1)}`);
  const seed = row.seeds.length > 1 ? `seed ${row.seeds[chosenRun(row)]}` : null;
  return card("system", [symbol(row), el("b", {}, row.name), seed,
    el("span", { class: "scores" }, text.join(" · "))], texts[index]);
}

function scoreText(units, metric) {
  const value = shownValue(metric, units / 10000);
  return `${value > 0 ? "+" : ""}${value.toFixed(1)}`.replace("-", "−");
}

// The text with speakers in their color and the searched words marked.
function withSpeakers(text) {
  if (!reader.voices.size) return highlighted(text);
  const literal = (name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const names = [...reader.voices.keys()].sort((a, b) => b.length - a.length).map(literal);
  const parts = text.split(new RegExp(`(?<![\\p{L}\\d])(${names.join("|")})(?![\\p{L}\\d])`, "u"));
  return parts.flatMap((part, i) => (i % 2 === 0 ? highlighted(part) : [
    el("span", { class: "voice", style: `--voice: ${reader.voices.get(part)}` }, ...highlighted(part))]));
}

function highlighted(text) {
  const wanted = $("search").value.trim().toLowerCase();
  if (!wanted) return [text];
  const parts = [];
  let from = 0;
  const lower = text.toLowerCase();
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    parts.push(text.slice(from, at), el("mark", {}, text.slice(at, at + wanted.length)));
    from = at + wanted.length;
  }
  return [...parts, text.slice(from)];
}
