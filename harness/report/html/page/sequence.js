import { drawn } from "./elements.js";
import { eventsOf, spanOf, spread, ticksOf, worded } from "./sequence-layout.js";
import { markParts } from "./sequence-marks.js";
import { wordsOf } from "./sequence-words.js";

/** @typedef {import("../data.ts").RecordText} RecordText */
/** @typedef {import("./sequence-layout.js").Event} Event */

const top = 44;
const line = 17;
const axis = 48;
const mostLanes = 3;
const mostWords = 36;
/** Where there is less room than this, only the acts are named, not what they were about. */
const wide = 600;

/**
 * The timeline of a trial as a sequence diagram: client, proxy, upstreams; downwards runs the time, to scale. What
 * happens at nearly the same moment has its words moved apart, each with a thin line to its moment.
 * @param {RecordText} record
 * @param {string} proxy
 * @param {number} width
 */
export function sequence(record, proxy, width) {
  const events = eventsOf(record.notes);
  const span = spanOf(record);
  const left = events.filter(({ who }) => who === "client");
  const right = events.filter(({ who }) => who !== "client");
  const lines = Math.min(mostWords, Math.max(left.length, right.length));
  const height = top + Math.max(240, (lines + 2) * line);
  const bottom = height - 16;
  const y = (/** @type {number} */ at) => top + 8 + ((at - span[0]) / (span[1] - span[0])) * (bottom - top - 16);
  const lanes = lanesOf(right, width < wide ? (proxy.split(" ")[0] ?? proxy) : proxy, width);

  const svg = drawn("svg", {
    class: "sequence",
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: "img",
    "aria-label": `Sequence diagram of client, proxy and upstream: ${events.length} events in ${Math.round(span[1] - span[0])} milliseconds. The table below says the same.`,
  });
  svg.append(...axisParts(span, y, width), ...laneParts(lanes, bottom), ...exchangeParts(record, lanes, y));
  svg.append(...eventParts(left, lanes, y, { side: "left", bounds: [top + 8, bottom], edge: axis }));
  svg.append(...eventParts(right, lanes, y, { side: "right", bounds: [top + 8, bottom], edge: width - 4 }));
  return svg;
}

/**
 * @typedef {object} Lanes
 * @property {number} client
 * @property {number} proxy
 * @property {(who: string) => number} of
 * @property {readonly { readonly x: number, readonly name: string }[]} all
 * @property {number} gutter Room for words at either side.
 */

/**
 * @param {readonly Event[]} right
 * @param {string} proxy
 * @param {number} width
 * @returns {Lanes}
 */
function lanesOf(right, proxy, width) {
  const whos = [...new Set(right.map(({ who }) => who))].sort();
  const names = whos.length === 0 ? ["upstream"] : whos.slice(0, mostLanes);
  const gutter = Math.min(250, (width - axis) * (width < wide ? 0.28 : 0.32));
  const first = axis + gutter;
  const step = (width - gutter - first) / (names.length + 1);
  const xs = names.map((_, index) => first + step * (index + 2) - step * 0.15);
  const all = [
    { x: first + step * 0.15, name: "client" },
    { x: first + step * 1, name: proxy },
    ...names.map((name, index) => ({ x: xs[index] ?? first, name: names.length === 1 ? "upstream" : name })),
  ];
  const of = (/** @type {string} */ who) =>
    who === "client" ? (all[0]?.x ?? 0) : (xs[Math.max(0, names.indexOf(who))] ?? 0);
  return { client: all[0]?.x ?? 0, proxy: all[1]?.x ?? 0, of, all, gutter };
}

/**
 * @param {readonly [number, number]} span
 * @param {(at: number) => number} y
 * @param {number} width
 */
function axisParts(span, y, width) {
  const ticks = ticksOf(span, 7);
  const unit = drawn("text", { class: "tick", x: axis - 12, y: top - 18, "text-anchor": "end" }, "ms");
  const lines = ticks.flatMap((at) => [
    drawn("line", { class: "tick", x1: axis - 6, x2: width, y1: y(at), y2: y(at) }),
    drawn("text", { class: "tick", x: axis - 12, y: y(at) + 4, "text-anchor": "end" }, String(at)),
  ]);
  return [unit, ...lines];
}

/**
 * @param {Lanes} lanes
 * @param {number} bottom
 */
function laneParts({ all }, bottom) {
  return all.flatMap(({ x, name }) => [
    drawn("line", { class: "lane", x1: x, x2: x, y1: top - 6, y2: bottom + 8 }),
    drawn("text", { class: "lane", x, y: top - 18, "text-anchor": "middle" }, name),
  ]);
}

/**
 * While a client waits, its lane and the proxy's are thick; the timer that should end the wait stands beside.
 * @param {RecordText} record
 * @param {Lanes} lanes
 * @param {(at: number) => number} y
 */
function exchangeParts({ exchanges, notes, timer }, { client, proxy }, y) {
  const bars = exchanges.flatMap(({ at, took }) =>
    [client, proxy].map((x) =>
      drawn("rect", {
        class: "wait",
        x: x - 3,
        y: y(at),
        width: 6,
        height: Math.max(1.5, y(at + took) - y(at)),
        rx: 2,
      }),
    ),
  );
  const waited = exchanges.find(({ got }) => got !== "clean") ?? exchanges[0];
  if (!timer || !waited) return bars;
  const began = timerBegan(timer.name, waited, notes);
  const from = y(began);
  const to = y(began + timer.limit);
  const x = proxy + 12;
  const middle = (from + to) / 2;
  return [
    ...bars,
    drawn("path", { class: "timer", d: `M${x - 5} ${from}h5V${to}h-5` }),
    drawn(
      "text",
      {
        class: "timer",
        x: x + 5,
        y: middle,
        "text-anchor": "middle",
        transform: `rotate(90 ${x + 5} ${middle})`,
        dy: -3,
      },
      to - from > 90 ? `${timer.name} ${timer.limit} ms` : "",
    ),
  ];
}

/**
 * A timer runs from the last octet of the request; the one between two reads of a body from the last octet that came.
 * @param {string} name
 * @param {RecordText["exchanges"][number]} waited
 * @param {RecordText["notes"]} notes
 */
function timerBegan(name, { at, took, sending }, notes) {
  const sent = notes.findLast((note) => note.at <= at + took && /^(sent|dripped|flooded)$/.test(note.act));
  return name === "idle" && sent ? sent.at : at + sending;
}

/**
 * @param {readonly Event[]} events
 * @param {Lanes} lanes
 * @param {(at: number) => number} y
 * @param {{ readonly side: "left" | "right", readonly bounds: readonly [number, number], readonly edge: number }} where
 */
function eventParts(events, lanes, y, { side, bounds, edge }) {
  const hasWords = worded(events.length, mostWords);
  const places = spread(
    events.filter((_, index) => hasWords(index)).map(({ at }) => y(at)),
    line,
    bounds,
  );
  const outer = side === "left" ? lanes.client : Math.max(...lanes.all.map(({ x }) => x));
  const sign = side === "left" ? -1 : 1;
  const terse = lanes.gutter < 150;
  const several = new Set(events.map(({ who }) => who)).size > 1;
  let words = 0;
  return events.flatMap((event, index) => {
    const at = y(event.at);
    const x = lanes.of(event.who);
    const marks = event.times.slice(0, 40).flatMap((time) => markParts(event.act, x, lanes.proxy, y(time)));
    if (!hasWords(index)) return marks;
    const place = places[words++] ?? at;
    const from = outer + sign * (terse ? 6 : 8);
    const to = outer + sign * (terse ? 16 : 26);
    const leader = drawn("path", {
      class: "leader",
      d: `M${x + sign * 4} ${at}H${from}L${to - sign * 6} ${place}H${to}`,
    });
    return [
      leader,
      ...marks,
      wordsOf(event, { x: to + sign * 4, y: place + 4, side, room: Math.abs(edge - to) - 4, several, terse }),
    ];
  });
}
