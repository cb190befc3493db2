// Blind ratings: names hidden, order shuffled per dialogue and rater, 1 to 5, exported as JSONL.

const RATER = "dialogsum-rater";
const ratings = new Map(); // rater, dialogue and run -> the exported record
let blindOrder = []; // {id, row, run} of the cards on screen
let blindPlace = 0; // index of the card that the number keys rate

const ratingKey = (by, id, run) => JSON.stringify([by, id, run]);
const storageName = () => `dialogsum-ratings:${core.written}:${state.section}`;
const rater = () => $("rater").value.trim();
const letter = (place) => (place < 26 ? String.fromCharCode(65 + place) : `#${place + 1}`);

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
  for (const record of JSON.parse(storage()?.getItem(storageName()) ?? "[]")) {
    ratings.set(ratingKey(record.rater, record.dialogue, record.run), record);
  }
}

const saveRatings = () => storage()?.setItem(storageName(), JSON.stringify([...ratings.values()]));

// Random numbers that are the same for the same text (mulberry32).
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

function blindCards(index, rows) {
  const id = reader.data.ids[index];
  const random = randomFrom(`${rater()}|${id}`);
  const keyed = rows.map((row) => ({ id, row, run: row.runs[chosenRun(row)], key: random() }));
  const order = keyed.sort((a, b) => a.key - b.key);
  const signature = (cards) => JSON.stringify(cards.map((each) => [each.id, each.run]));
  if (signature(order) !== signature(blindOrder)) blindPlace = 0;
  blindOrder = order;
  return order.map(({ row }, place) => blindCard(outputs(row).outputs[index], place));
}

function blindCard(text, place) {
  const { id, run } = blindOrder[place];
  const given = ratings.get(ratingKey(rater(), id, run))?.rating;
  const stars = [1, 2, 3, 4, 5].map((rating) => el(
    "button",
    { type: "button", "aria-pressed": String(given === rating), "aria-label": `Rate ${rating} of 5`,
      onclick: () => rate(place, rating) },
    String(rating),
  ));
  return card(`blind${place === blindPlace ? " current" : ""}`, [el("b", {}, `Summary ${letter(place)}`)],
    text, el("div", { class: "stars", role: "group", "aria-label": "Rating" }, ...stars));
}

function rate(place, rating) {
  const { id, row, run } = blindOrder[place];
  ratings.set(ratingKey(rater(), id, run), {
    dialogue: id, run, system: row.label, model: row.model, seed: row.seeds[chosenRun(row)] ?? null,
    rating, shown_as: letter(place), of: blindOrder.length, rater: rater(),
    rated_at: new Date().toISOString(),
  });
  saveRatings();
  blindPlace = Math.min(place + 1, blindOrder.length - 1);
  redraw($("page"), drawPage);
}

function drawRatings() {
  const blind = $("blind").checked;
  $("ratings").hidden = !blind && !ratings.size;
  const dialogues = new Set([...ratings.values()].map((record) => record.dialogue)).size;
  $("rated").textContent = `${ratings.size} ratings of ${dialogues} dialogues`;
  $("export").disabled = $("discard").disabled = !ratings.size;
  $("means").textContent = blind ? "" : meansText();
}

function changeRater() {
  storage()?.setItem(RATER, rater());
  drawPage();
}

// Mean rating by system, shown only when the names are no longer hidden.
function meansText() {
  const name = ({ run }) => section().rows.find((row) => row.runs.includes(run)).name;
  const means = Object.entries(Object.groupBy(ratings.values(), name)).map(([system, all]) =>
    [system, all.reduce((sum, { rating }) => sum + rating, 0) / all.length, all.length]);
  means.sort((a, b) => b[1] - a[1]);
  return means.map(([system, mean, n]) => `${system} ${mean.toFixed(2)} (${n})`).join(" · ");
}

function exportRatings() {
  const lines = [...ratings.values()].map((record) => `${JSON.stringify(record)}\n`);
  const url = URL.createObjectURL(new Blob(lines, { type: "application/jsonl" }));
  el("a", { href: url, download: "ratings.jsonl" }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function discardRatings() {
  if (!window.confirm(`Discard ${ratings.size} ratings?`)) return;
  ratings.clear();
  saveRatings();
  drawPage();
}
