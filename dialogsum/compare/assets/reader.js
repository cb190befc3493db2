// One dialogue at a time with every system's summary, so that size costs nothing.

const VOICES = ["#2b7bba", "#d9730d", "#1a9a76", "#b0619f", "#a48a00", "#c8452f"];
const reader = {
  data: null, // what `body` gave for this table
  order: [], // dialogues that fit the search, as indices
  place: 0, // in `order`
  shown: new Set(), // rows
  haystacks: new Map(),
  voices: new Map(), // speakers of the dialogue on screen -> colour
};

async function openReader() {
  const wanted = state.section;
  const data = await body(wanted);
  if (wanted !== state.section) return;
  Object.assign(reader, { data, order: [], place: 0, haystacks: new Map() });
  reader.shown = new Set(section().rows);
  fillReaderChoices();
  drawChips();
  restoreRatings();
  arrange(decodeURIComponent(location.hash.match(/^#read=(.*)$/)?.[1] ?? ""));
}

function fillReaderChoices() {
  const rows = section().rows;
  const options = rows.map((row, index) => [String(index), row.name]);
  const first = rows.findIndex((row) => row.kind === "trained");
  fillSelect($("beats-a"), options, String(Math.max(first, 0)));
  const other = rows.findIndex((row, i) => row.kind === "baseline" && i !== first);
  fillSelect($("beats-b"), options, String(other >= 0 ? other : Math.min(1, rows.length - 1)));
  fillSelect($("beats-metric"), section().read.map((name) => [name, measureLabel(name)]),
    section().read.includes(state.metric) ? state.metric : section().read[0]);
  const groups = [...new Set(reader.data.groups.filter(Boolean))].sort();
  $("group-choice").hidden = groups.length < 2;
  fillSelect($("kind"), [["", "all"], ...groups.map((group) => [group, group])], "");
  const seeds = [...new Set(rows.flatMap((row) => row.seeds))].filter((seed) => seed !== null).sort((a, b) => a - b);
  $("seed-choice").hidden = seeds.length < 2;
  fillSelect($("seed"), seeds.map((seed) => [String(seed), String(seed)]), String(seeds[0]));
}

// The run of a row that the chosen seed means; the first where the row has no such seed.
function chosenRun(row) {
  const index = row.seeds.findIndex((seed) => String(seed) === $("seed").value);
  return index < 0 ? 0 : index;
}

function outputs(row) {
  return reader.data.rows[section().rows.indexOf(row)][chosenRun(row)];
}

function drawChips() {
  $("shown").replaceChildren(...section().rows.map((row) => el(
    "button",
    {
      type: "button", class: "chip", "aria-pressed": String(reader.shown.has(row)),
      onclick: () => {
        if (!reader.shown.delete(row)) reader.shown.add(row);
        redraw($("shown"), drawChips);
        drawPage();
      },
    },
    symbol(row), row.name,
  )));
}

// Work out which dialogues are shown in which order; stay at the dialogue `id` if it is there.
function arrange(id = currentId()) {
  if (!reader.data) return;
  const wanted = $("search").value.trim().toLowerCase();
  const kind = $("kind").value;
  const blind = $("blind").checked;
  $("beats").hidden = $("order").value !== "beats" || blind;
  $("order").disabled = blind;
  $("shown").hidden = blind; // names, and which summary goes with one of them
  reader.order = reader.data.ids.map((_, index) => index).filter(
    (index) => (!kind || reader.data.groups[index] === kind)
      && (!wanted || haystack(index).includes(wanted)),
  );
  if (!$("beats").hidden) orderByDifference();
  const place = reader.order.findIndex((index) => reader.data.ids[index] === id);
  reader.place = Math.max(place, 0);
  drawPage();
}

const currentId = () => reader.data?.ids[reader.order[reader.place]];

function haystack(index) {
  if (!reader.haystacks.has(index)) {
    const { ids, turns, references, rows } = reader.data;
    const texts = [ids[index], ...turns[index].map((turn) => turn.join(": ")), ...references[index],
      ...rows.flat().map((run) => run.outputs[index])];
    reader.haystacks.set(index, texts.join("\n").toLowerCase());
  }
  return reader.haystacks.get(index);
}

function difference(index) {
  const [a, b] = ["beats-a", "beats-b"].map((id) => section().rows[Number($(id).value)]);
  const metric = $("beats-metric").value;
  const [x, y] = [a, b].map((row) => outputs(row).scores[metric]?.[index] ?? null);
  return x === null || y === null ? null : x - y;
}

// Dialogues where A is ahead, by how much.
function orderByDifference() {
  const better = section().measures[$("beats-metric").value]?.better === "lower" ? -1 : 1;
  const lead = new Map(reader.order.map((index) => [index, difference(index)]));
  reader.order = reader.order
    .filter((index) => lead.get(index) !== null && better * lead.get(index) > 0)
    .sort((i, j) => better * (lead.get(j) - lead.get(i)));
}

function move(steps) {
  const place = reader.place + steps;
  if (place < 0 || place >= reader.order.length) return;
  reader.place = place;
  drawPage();
  if ($("reader").getBoundingClientRect().bottom < 200
    || $("page").getBoundingClientRect().top > window.innerHeight - 120) {
    $("reader").scrollIntoView();
  }
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
  const { ids, groups } = reader.data;
  const ahead = $("beats").hidden ? null : difference(index);
  $("what").textContent = [
    ids[index], groups[index],
    ahead === null ? null : `A − B: ${scoreText(ahead, $("beats-metric").value, true)}`,
  ].filter(Boolean).join(" · ");
  history.replaceState(null, "", `#read=${encodeURIComponent(ids[index])}`);
  reader.voices = findVoices(reader.data.turns[index]);
  $("page").replaceChildren(dialogueColumn(index), summaryColumn(index));
  drawRatings();
}

function dialogueColumn(index) {
  const turns = reader.data.turns[index];
  const lines = turns.map(([speaker, text]) => {
    const voice = reader.voices.get(speaker);
    return el("p", { class: "turn", style: speaker ? `--voice: ${voice}` : null },
      speaker ? el("b", {}, `${speaker.replaceAll("#", "")}: `) : null, ...highlighted(text));
  });
  const none = el("p", { class: "nothing" }, "The dialogue is not known.");
  return el("div", { class: "dialogue" }, el("h3", {}, "Dialogue"), ...(lines.length ? lines : [none]));
}

function summaryColumn(index) {
  const references = reader.data.references[index].map((text, number, all) => el(
    "div", { class: "card reference" },
    el("header", {}, el("b", {}, all.length > 1 ? `Reference ${number + 1}` : "Reference")),
    el("p", {}, ...spoken(text)),
  ));
  const rows = section().rows.filter((row) => reader.shown.has(row));
  const cards = $("blind").checked ? blindCards(index, rows) : rows.map((row) => openCard(index, row));
  return el("div", {}, el("h3", {}, "Summaries"),
    el("div", { class: "cards references" }, ...references), el("div", { class: "cards" }, ...cards));
}

function openCard(index, row) {
  const { outputs: texts, scores } = outputs(row);
  const figures = ["rouge1", "rouge2", "rougeL"]
    .map((name) => [measureLabel(name), scores[name]?.[index]])
    .filter(([, score]) => score !== null && score !== undefined)
    .map(([label, score]) => `${label.replace("ROUGE-", "R-")} ${(score / 100).toFixed(1)}`);
  const seed = row.seeds.length > 1 ? ` seed ${row.seeds[chosenRun(row)]}` : "";
  return el(
    "div", { class: "card system", "data-system": row.name },
    el("header", {}, symbol(row), el("b", {}, row.name), seed,
      el("span", { class: "figures" }, figures.join(" · "))),
    summaryText(texts[index]),
  );
}

function summaryText(text) {
  if (!text.trim()) return el("p", { class: "nothing" }, "(empty)");
  return el("p", {}, ...spoken(text));
}

function scoreText(units, metric, sign = false) {
  const number = shown(metric, units / 10000);
  return `${sign && number > 0 ? "+" : ""}${number.toFixed(1)}`.replace("-", "−");
}

// The text with speakers in their colour and what was searched for marked.
function spoken(text) {
  if (!reader.voices.size) return highlighted(text);
  const names = [...reader.voices.keys()].sort((a, b) => b.length - a.length).map(literal);
  const parts = text.split(new RegExp(`(?<![\\p{L}\\d])(${names.join("|")})(?![\\p{L}\\d])`, "u"));
  return parts.flatMap((part, index) => {
    if (index % 2 === 0) return highlighted(part);
    const voice = reader.voices.get(part);
    return [el("span", { class: "voice", style: `--voice: ${voice}` }, ...highlighted(part))];
  });
}

const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

// Who speaks in a dialogue, in the order of their first turn -> colour.
function findVoices(turns) {
  const speakers = [...new Set(turns.map(([speaker]) => speaker).filter(Boolean))];
  return new Map(speakers.map((name, index) => [name, VOICES[index % VOICES.length]]));
}

function highlighted(text) {
  const wanted = $("search").value.trim().toLowerCase();
  if (!wanted) return [text];
  const lower = text.toLowerCase();
  const parts = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    parts.push(text.slice(from, at), el("mark", {}, text.slice(at, at + wanted.length)));
    from = at + wanted.length;
  }
  return [...parts, text.slice(from)];
}
