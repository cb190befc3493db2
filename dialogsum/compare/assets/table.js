// The table of results: sorting, filtering, grouping, and a picture of the intervals.

const OUTCOMES = { better: "▲", worse: "▼", different: "≠" };

// The mark of a difference, in brackets where the seeds do not confirm it.
function markOf(outcome, confirmed) {
  const mark = OUTCOMES[outcome] ?? "";
  return mark && confirmed === false ? `(${mark})` : mark;
}

function tableColumns() {
  const { measures, tested, memory, rows } = section();
  const paid = (name) => rows.some((row) => value(row, name)); // a column of zeros says nothing
  const headline = ["rouge1", "rouge2", "rougeL"].filter((name) => measures[name]);
  const metrics = [...new Set([...headline, state.metric])].filter((name) => measures[name]);
  const costs = [
    ["parameters.trainable", "Trainable"], ["artifact_bytes", "Artifact"],
    [memory, memory.includes("rss") ? "Peak RSS" : "Peak memory"],
    paid("time_s.fit") ? ["time_s.fit", "Fit time"] : ["time_s.generate", "Generation"],
    ["throughput.tokens_per_s", "Tokens/s"],
  ];
  const verdict = tested.includes(state.metric) && rows.some((row) => row.verdicts[state.metric]?.text);
  const kept = rows.some((row) => row.verdicts[state.metric]?.kept != null);
  return [
    { key: "label", title: "System", cell: systemCell },
    ...metrics.map((name) => ({ key: name, title: measureLabel(name), cell: figureCell(name) })),
    { key: null, title: "95 %", cell: intervalCell },
    verdict && { key: "difference", title: section().difference, cell: differenceCell },
    kept && { key: "kept", title: "Keeps", cell: keptCell },
    ...costs
      .filter(([name]) => paid(name))
      .map(([key, title]) => ({ key, title, cell: costCell(key) })),
    rows.some((row) => row.tuning) && { key: "tuning", title: "Tuning", cell: tuningCell },
  ].filter(Boolean);
}

function drawTable() {
  const columns = tableColumns();
  const rows = filteredRows();
  const groups = new Map();
  for (const row of rows) {
    const heading = groupHeading(row);
    groups.set(heading, [...(groups.get(heading) ?? []), row]);
  }
  const body = el("tbody");
  for (const [heading, members] of groups) {
    if (heading) {
      body.append(el("tr", { class: "group" }, el("th", { colspan: columns.length }, heading)));
    }
    body.append(...members.map((row) => tableRow(row, columns)));
  }
  if (!rows.length) body.append(el("tr", {}, el("td", { class: "empty" }, "No row fits the filter.")));
  $("table").replaceChildren(tableHead(columns), body);
  $("show-all").hidden = !state.hidden.size;
  fillSelect(
    $("sort"),
    [["", "given order"], ...columns.filter((c) => c.key).map((c) => [c.key, c.title])],
    state.sort?.key ?? "",
  );
}

function groupHeading(row) {
  if (!state.group) return row.heading;
  const found = setting(row, state.group.toLowerCase());
  return found === undefined || found === null ? `without ${state.group}` : `${state.group}: ${found}`;
}

function tableHead(columns) {
  const cells = columns.map(({ key, title }) => {
    const active = state.sort?.key === key && key !== null;
    const direction = active ? (state.sort.descending ? "descending" : "ascending") : null;
    const content = key ? el("button", { type: "button", onclick: () => sortBy(key) }, title) : title;
    return el(
      "th",
      { scope: "col", class: key === "label" ? "system" : null, "aria-sort": direction },
      content,
    );
  });
  return el("thead", {}, el("tr", {}, ...cells));
}

// Best first at the first click, the other way round at the next one.
function sortBy(key) {
  const better = section().measures[key]?.better;
  const first = better === "higher" || key === "difference" || key === "kept";
  state.sort = { key, descending: state.sort?.key === key ? !state.sort.descending : first };
  redraw($("table"), drawTable);
}

function tableRow(row, columns) {
  const classes = [row.kind === "baseline" ? "base" : "", state.hidden.has(row) ? "off" : ""];
  return el(
    "tr",
    { class: classes.join(" ").trim() || null, "data-row": row.label },
    ...columns.map((column) => column.cell(row, column.title)),
  );
}

function systemCell(row) {
  const off = state.hidden.has(row);
  const toggle = el(
    "button",
    {
      type: "button", class: "toggle", "aria-pressed": String(!off),
      title: off ? "Show in plots" : "Hide in plots", "aria-label": `${row.name} in plots`,
      onclick: () => toggleRow(row),
    },
    symbol(row),
  );
  const model = section().models.length > 1 ? row.model : null;
  const details = [model, seedsText(row)].filter(Boolean).join(" · ");
  return el(
    "th",
    { scope: "row", class: "system" },
    toggle, el("span", { class: "name" }, row.label), el("small", {}, details),
  );
}

function seedsText(row) {
  if (row.kind === "lead") return "the first three turns";
  if (row.same) return `${row.same + 1} seeds, all the same`;
  if (row.seeds[0] === null) return "scored outputs";
  return row.seeds.length === 1 ? `seed ${row.seeds[0]}` : `${row.seeds.length} seeds`;
}

function figureCell(name) {
  return (row, title) => {
    const found = row.values[name];
    const main = name === state.metric;
    const sd = main && found?.sd != null ? `± ${shown(name, found.sd).toFixed(2)} seeds` : null;
    return el(
      "td",
      { class: `${main ? "main" : ""}${found ? "" : " none"}`, "data-label": title },
      found?.text ?? "–",
      sd ? el("small", {}, sd) : null,
    );
  };
}

function costCell(name) {
  return (row, title) => {
    const found = row.values[name];
    const share = name === "parameters.trainable" ? row.values["parameters.percent"]?.text : null;
    return el(
      "td",
      { class: found ? null : "none", "data-label": title },
      found?.text ?? "–",
      share ? el("small", {}, share) : null,
    );
  };
}

function tuningCell(row, title) {
  return el("td", { class: row.tuning ? null : "none", "data-label": title }, row.tuning || "–");
}

function keptCell(row, title) {
  const kept = row.verdicts[state.metric]?.kept;
  const text = kept == null ? "–" : `${Math.round(100 * kept)} %`.replace("-", "−");
  return el("td", { class: kept == null ? "none" : null, "data-label": title }, text);
}

function differenceCell(row, title) {
  const verdict = row.verdicts[state.metric];
  const mark = (text, outcome = "") => el("span", { class: `mark ${outcome}`.trim() }, text);
  if (row.kind === "baseline") return el("td", { "data-label": title }, "baseline", mark(""));
  if (!verdict?.text) return el("td", { class: "none", "data-label": title }, "–", mark(""));
  const facts = [
    `95 % over dialogues ${verdict.ci}`,
    verdict.seeds ? `95 % over seeds ${verdict.seeds}` : "",
    `p ${verdict.p} after Holm, ${verdict.raw} before`,
    `smallest difference these dialogues show: ${verdict.detectable}`,
  ].filter(Boolean);
  return el(
    "td",
    { "data-label": title, title: facts.join("\n") },
    verdict.text, mark(markOf(verdict.outcome, verdict.confirmed), verdict.outcome),
    el("small", {}, `p ${verdict.p}`),
  );
}

// Interval over dialogues as a bar, the mean as a tick, each seed as a dot, on one scale. Strokes
// do not scale: on a phone the picture is stretched over the whole row.
function intervalCell(row) {
  const found = row.values[state.metric];
  if (!found) return el("td", { class: "interval none" });
  const [low, high] = intervalRange();
  const at = (v) => 4 + (124 * (v - low)) / (high - low || 1);
  const { colour } = look(row);
  const dots = found.each.length > 1 ? found.each.filter((v) => v !== null) : [];
  const svg = el(
    "svg:svg",
    { class: "whisker", viewBox: "0 0 132 22", role: "img", preserveAspectRatio: "none",
      "aria-label": `95 % ${found.ci}` },
    stroke(0, 132, 11, 11, { stroke: "var(--line)" }),
    found.lo === null ? null : stroke(at(found.lo), at(found.hi), 11, 11,
      { stroke: colour, "stroke-width": 7, "stroke-opacity": 0.38 }),
    ...dots.map((v) => stroke(at(v), at(v), 11, 11,
      { stroke: colour, "stroke-width": 4, "stroke-linecap": "round" })),
    stroke(at(found.v), at(found.v), 4, 18, { stroke: colour, "stroke-width": 2.2 }),
  );
  const seeds = found.seeds !== "–" ? `\nover seed means (t): ${found.seeds}` : "";
  return el("td", { class: "interval", title: `95 % over dialogues: ${found.ci}${seeds}` }, svg,
    el("small", {}, found.ci));
}

function stroke(x1, x2, y1, y2, style) {
  return el("svg:line", { x1: x1.toFixed(1), x2: x2.toFixed(1), y1, y2,
    "vector-effect": "non-scaling-stroke", ...style });
}

function intervalRange() {
  const found = section().rows.map((row) => row.values[state.metric]).filter(Boolean);
  const all = found.flatMap((f) => [f.lo, f.hi, f.v, ...f.each]).filter((v) => v !== null);
  return [Math.min(...all), Math.max(...all)];
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
  drawLeft();
}

function drawLeft() {
  if (!core.left.length) return;
  $("left").replaceChildren(
    el(
      "table",
      { class: "left" },
      el("caption", {}, "Not compared"),
      el("tbody", {}, ...core.left.map((item) =>
        el("tr", {}, el("td", {}, item.run), el("td", { class: "status" }, item.status),
          el("td", {}, item.why)))),
    ),
  );
}
