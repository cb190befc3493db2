// Which of two systems is better, for every pair: a heat map that is a table, so that it prints
// and reads aloud.

function drawPairs() {
  const found = section().pairs[state.metric];
  const rows = filteredRows();
  const places = rows.map((row) => section().rows.indexOf(row));
  const largest = Math.max(
    0.0001, ...found.difference.flat().filter((v) => v !== null).map(Math.abs),
  );
  $("pairs-intro").textContent =
    `Row minus column in ${measureLabel(state.metric)}. Coloured: p < 0.05 by approximate `
    + `randomisation on the same dialogues, Holm-corrected over all pairs; conditional on the `
    + `trained runs. ▲ the row is better, ▼ worse; in brackets where the seeds do not confirm it.`;
  const longest = Math.max(...rows.map((row) => row.name.length), 1);
  $("matrix").style.setProperty("--head", `${Math.min(longest, 30) * 0.55 + 1}em`);
  $("matrix").replaceChildren(
    el("thead", {}, el("tr", {}, el("td", { class: "self" }), ...rows.map((row) =>
      el("th", { scope: "col" }, el("span", {}, row.name))))),
    el("tbody", {}, ...rows.map((row, i) => el(
      "tr", {}, el("th", { scope: "row" }, row.name),
      ...rows.map((other, j) => pairCell(found, places[i], places[j], row, other, largest)),
    ))),
  );
}

function pairCell(found, i, j, row, other, largest) {
  if (i === j) return el("td", { class: "self" });
  const difference = found.difference[i][j];
  if (difference === null) return el("td", {}, "–");
  const outcome = found.outcome[i][j];
  const mark = markOf(outcome, found.confirmed[i][j]);
  const depth = 16 + Math.round((46 * Math.abs(difference)) / largest);
  return el(
    "td",
    {
      class: outcome, style: `--depth: ${depth}%`,
      title: `${row.name} minus ${other.name}: ${found.text[i][j]}, p ${found.p[i][j]}`,
    },
    `${found.text[i][j]} ${mark}`.trim(),
  );
}
