// Blind ratings: names hidden, order shuffled per dialogue and rater, 1 to 5, exported as JSONL.

const RATER = "dialogsum-rater";
const ratings = new Map(); // rater, dialogue and run -> the exported record
let blindOrder = []; // runs of the dialogue on screen, as shown
let blindPlace = 0; // the card that the number keys rate

const ratingKey = (by, id, run) => JSON.stringify([by, id, run]);
const storageName = () => `dialogsum-ratings:${core.written}:${state.section}`;

// Some browsers refuse storage to files: ratings then last until the page is closed.
function storage() {
  try {
    return window.localStorage;
  } catch (error) {
    return null;
  }
}

function restoreRatings() {
  ratings.clear();
  const kept = JSON.parse(storage()?.getItem(storageName()) ?? "[]");
  for (const record of kept) ratings.set(ratingKey(record.rater, record.dialogue, record.run), record);
}

function keepRatings() {
  storage()?.setItem(storageName(), JSON.stringify([...ratings.values()]));
}

// A small generator of random numbers, the same for the same text (mulberry32).
function randomFrom(text) {
  let seed = 0;
  for (const character of text) seed = (Math.imul(seed, 31) + character.codePointAt(0)) | 0;
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function shuffled(items, random) {
  const found = [...items];
  for (let last = found.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [found[last], found[other]] = [found[other], found[last]];
  }
  return found;
}

const rater = () => $("rater").value.trim();

function blindCards(index, rows) {
  const id = reader.data.ids[index];
  const order = shuffled(rows, randomFrom(`${rater()}|${id}`));
  const runs = order.map((row) => row.runs[chosenRun(row)]);
  if (runs.join() !== blindOrder.map((entry) => entry.run).join() || blindOrder[0]?.id !== id) {
    blindPlace = 0;
  }
  blindOrder = order.map((row, place) => ({ id, row, run: runs[place], place }));
  return blindOrder.map((entry) => blindCard(index, entry));
}

function blindCard(index, { id, row, run, place }) {
  const given = ratings.get(ratingKey(rater(), id, run))?.rating;
  const stars = [1, 2, 3, 4, 5].map((rating) => el(
    "button",
    { type: "button", "aria-pressed": String(given === rating), "aria-label": `Rate ${rating} of 5`,
      onclick: () => rate(place, rating) },
    String(rating),
  ));
  return el(
    "div",
    { class: `card blind${place === blindPlace ? " current" : ""}` },
    el("header", {}, el("b", {}, `Summary ${letter(place)}`)),
    summaryText(outputs(row).outputs[index]),
    el("div", { class: "stars", role: "group", "aria-label": "Rating" }, ...stars),
  );
}

const letter = (place) => (place < 26 ? String.fromCharCode(65 + place) : `#${place + 1}`);

function rate(place, rating) {
  const { id, row, run } = blindOrder[place];
  ratings.set(ratingKey(rater(), id, run), {
    dialogue: id, run, system: row.label, model: row.model, seed: row.seeds[chosenRun(row)],
    rating, shown_as: letter(place), of: blindOrder.length, rater: rater(),
    rated_at: new Date().toISOString(),
  });
  keepRatings();
  blindPlace = Math.min(place + 1, blindOrder.length - 1);
  redraw($("page"), drawPage);
}

function drawRatings() {
  const blind = $("blind").checked;
  $("ratings").hidden = !blind && !ratings.size;
  const done = new Set([...ratings.values()].map((record) => record.dialogue)).size;
  $("rated").textContent = `${ratings.size} ratings of ${done} dialogues`;
  $("export").disabled = $("forget").disabled = !ratings.size;
  $("means").textContent = blind ? "" : meansText();
}

function changeRater() {
  storage()?.setItem(RATER, rater());
  drawPage();
}

// Mean rating by system: only when the names are no longer hidden.
function meansText() {
  const by = new Map();
  for (const { system, model, rating } of ratings.values()) {
    const name = section().models.length > 1 && model ? `${system} · ${model}` : system;
    by.set(name, [...(by.get(name) ?? []), rating]);
  }
  return [...by]
    .map(([name, all]) => [name, all.reduce((a, b) => a + b, 0) / all.length, all.length])
    .sort((a, b) => b[1] - a[1])
    .map(([name, mean, n]) => `${name} ${mean.toFixed(2)} (${n})`)
    .join(" · ");
}

function exportRatings() {
  const lines = [...ratings.values()].map((record) => `${JSON.stringify(record)}\n`);
  const url = URL.createObjectURL(new Blob(lines, { type: "application/jsonl" }));
  const link = el("a", { href: url, download: "ratings.jsonl" });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function forgetRatings() {
  if (!window.confirm(`Discard ${ratings.size} ratings?`)) return;
  ratings.clear();
  keepRatings();
  drawPage();
}
