// A colour and a shape per row, so that nothing is told by colour alone. The colours keep apart
// under the common colour-vision deficiencies (after Okabe and Ito), in light and dark.

const COLOURS = [
  "#d9730d", "#1a9a76", "#b0619f", "#3fa7d6", "#a48a00", "#c8452f", "#5b63d3", "#8c5a3c",
  "#00868b", "#d06aa0",
];
const SHAPES = ["square", "diamond", "triangle-up", "cross", "x", "triangle-down", "star"];
const KINDS = {
  baseline: ["#2b7bba", "circle"],
  untrained: ["#858b94", "circle-open"],
  lead: ["#858b94", "square-open"],
};
const looks = new Map(); // row -> {colour, shape}

function look(row) {
  if (!looks.has(row)) assignLooks(section().rows);
  return looks.get(row);
}

// The first baseline, untrained and lead rows have looks of their own; all others take turns.
function assignLooks(rows) {
  const special = new Map();
  let number = 0;
  for (const row of rows) {
    const own = KINDS[row.kind];
    const first = own && !special.has(row.kind);
    if (first) special.set(row.kind, row);
    const turn = first ? 0 : number++;
    const [colour, shape] = first
      ? own
      : [COLOURS[turn % COLOURS.length], SHAPES[turn % SHAPES.length]];
    looks.set(row, { colour, shape });
  }
}

const SHAPE_PATHS = {
  circle: "M8 2.5a5.5 5.5 0 1 0 .01 0Z",
  square: "M3 3h10v10H3Z",
  diamond: "M8 1.5 14.5 8 8 14.5 1.5 8Z",
  "triangle-up": "M8 2 14.5 13.5h-13Z",
  "triangle-down": "M8 14 1.5 2.5h13Z",
  cross: "M6 2h4v4h4v4h-4v4H6v-4H2V6h4Z",
  x: "M4.5 2 8 5.5 11.5 2 14 4.5 10.5 8 14 11.5 11.5 14 8 10.5 4.5 14 2 11.5 5.5 8 2 4.5Z",
  star: "M8 1l2 4.8 5 .4-3.8 3.3 1.2 5L8 11.8 3.6 14.5l1.2-5L1 6.2l5-.4Z",
};

function symbol(row) {
  const { colour, shape } = look(row);
  const open = shape.endsWith("-open");
  return el(
    "svg:svg",
    { viewBox: "0 0 16 16", width: 15, height: 15, "aria-hidden": "true" },
    el("svg:path", {
      d: SHAPE_PATHS[shape.replace("-open", "")],
      fill: open ? "none" : colour,
      stroke: colour,
      "stroke-width": open ? 2 : 0,
    }),
  );
}
