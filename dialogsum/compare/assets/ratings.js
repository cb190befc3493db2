// Blind ratings: names hidden, order shuffled per dialogue and rater, 1 to 5, exported as JSONL.

const ratings = new Map(); // rater, dialogue and run -> the exported record
let blindOrder = []; // {id, row, run} of the cards on screen
let blindPlace = 0; // index of the card that the number keys rate

const ratingKey = (by, id, run) => JSON.stringify([by, id, run]);
const storageName = () => `dialogsum-ratings:${core.written}:${state.section}`;
const rater = () => $("rater").value.trim();

// Some browsers refuse storage to files: ratings then last until the page is closed.
function stored(name, value) {
  try {
    if (value !== undefined) window.localStorage.setItem(name, value);
    return window.localStorage.getItem(name);
  } catch (error) {
    return null;
  }
}

function restoreRatings() {
  ratings.clear();
  const records = JSON.parse(stored(storageName()) ?? "[]");
  for (const record of records) ratings.set(ratingKey(record.rater, record.dialogue, record.run), record);
}

// A number in 0..1 that is the same for the same text (FNV-1a and the finalizer of murmur3).
function hashed(text) {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ character.codePointAt(0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

function blindCards(index, rows) {
  const id = reader.data.ids[index];
  const cards = rows.map((row) => ({ id, row, run: row.runs[chosenRun(row)] }));
  const key = ({ run }) => hashed(`${rater()}|${id}|${run}`);
  cards.sort((a, b) => key(a) - key(b));
  const signature = (all) => JSON.stringify(all.map((each) => [each.id, each.run]));
  if (signature(cards) !== signature(blindOrder)) blindPlace = 0;
  blindOrder = cards;
  return cards.map(({ row }, place) => blindCard(outputs(row).outputs[index], place));
}

function blindCard(text, place) {
  const { id, run } = blindOrder[place];
  const given = ratings.get(ratingKey(rater(), id, run))?.rating;
  const buttons = [1, 2, 3, 4, 5].map((rating) => el("button", { type: "button",
    "aria-pressed": String(given === rating), "aria-label": `Rate ${rating} of 5`,
    onclick: () => rate(place, rating) }, rating));
  return card(`blind ${place === blindPlace ? "current" : ""}`,
    [el("b", {}, `Summary ${place + 1}`)], text, el("div", { class: "tools stars" }, ...buttons));
}

function rate(place, rating) {
  const { id, row, run } = blindOrder[place];
  ratings.set(ratingKey(rater(), id, run), {
    dialogue: id, run, system: row.label, model: row.model, seed: row.seeds[chosenRun(row)] ?? null,
    rating, shown_as: place + 1, of: blindOrder.length, rater: rater(),
    rated_at: new Date().toISOString(),
  });
  stored(storageName(), JSON.stringify([...ratings.values()]));
  blindPlace = Math.min(place + 1, blindOrder.length - 1);
  redraw($("page"), drawPage);
}

function drawRatings() {
  $("ratings").hidden = !$("blind").checked && !ratings.size;
  const dialogues = new Set([...ratings.values()].map((record) => record.dialogue)).size;
  $("rated").textContent = `${ratings.size} ratings of ${dialogues} dialogues`;
  $("export").disabled = !ratings.size;
}

function exportRatings() {
  const lines = [...ratings.values()].map((record) => `${JSON.stringify(record)}\n`);
  const url = URL.createObjectURL(new Blob(lines, { type: "application/jsonl" }));
  el("a", { href: url, download: "ratings.jsonl" }).click();
}
