/** @typedef {import("../data.ts").RecordText} RecordText */

/**
 * @typedef {object} Event Notes of the same kind in a row are one event.
 * @property {number} at
 * @property {string} who
 * @property {string} act
 * @property {string} detail
 * @property {readonly number[]} times When each of them happened.
 */

/**
 * What the timeline shows, in order of time. A head with which the answer is over is told by the answer.
 * @param {RecordText["notes"]} notes
 * @returns {Event[]}
 */
export function eventsOf(notes) {
  /** @type {(Event & { times: number[] })[]} */
  const events = [];
  for (const { at, who, act, detail: told = "" } of notes) {
    const before = events.at(-1);
    const answered = act === "answered" && before?.act === "head" && before.times.length === 1 && at - before.at < 1;
    const detail = answered ? `${before.detail}, ${told}` : told;
    if (answered) events.pop();
    const last = events.findLast((event) => event.who === who);
    if (last && last.act === act && last.detail === detail) last.times.push(at);
    else events.push({ at, who, act, detail, times: [at] });
  }
  return events;
}

/**
 * The span of time that a record covers, never empty.
 * @param {RecordText} record
 * @returns {readonly [from: number, to: number]}
 */
export function spanOf({ notes, exchanges }) {
  const ends = exchanges.map(({ at, took }) => at + took);
  const times = notes.map(({ at }) => at);
  return [Math.min(0, ...times), Math.max(1, ...times, ...ends)];
}

/**
 * Round numbers for an axis, about so many.
 * @param {readonly [number, number]} span
 * @param {number} about
 */
export function ticksOf([from, to], about) {
  const rough = (to - from) / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((each) => each * power >= rough) ?? 10) * power;
  const ticks = [];
  for (let at = Math.ceil(from / step); at * step <= to; at++) ticks.push(Number((at * step).toPrecision(6)));
  return ticks;
}

/**
 * Where labels go that want to stand at some heights, in order, and need room between them.
 * @param {readonly number[]} wanted
 * @param {number} room
 * @param {readonly [number, number]} bounds
 */
export function spread(wanted, room, [top, bottom]) {
  /** @type {number[]} */
  const places = [];
  for (const want of wanted) places.push(Math.max(want, (places.at(-1) ?? top - room) + room));
  let limit = bottom;
  for (let index = places.length - 1; index >= 0; index--) {
    const place = Math.min(places[index] ?? limit, limit);
    places[index] = place;
    limit = place - room;
  }
  return places;
}

/**
 * Which way an act goes: over the wire towards or away from the proxy, or nowhere.
 * @param {string} act
 * @returns {"towards" | "away" | undefined}
 */
export function wayOf(act) {
  if (towardsProxy.has(act)) return "towards";
  return awayFromProxy.has(act) ? "away" : undefined;
}

const towardsProxy = new Set(
  "asked,body sent,disconnected,sent,answer-sent,half-sent,dripped,flooded,fin,rst,fin-without-close-notify,certificate-shown,closed-unread,gave-up".split(
    ",",
  ),
);
const awayFromProxy = new Set(
  "head,interim,message,answered,refused,accepted,request-read,request-head-read,bytes-read,query,client-hello,proxy-fin,proxy-reset,handling,handshake-done,parted".split(
    ",",
  ),
);

/**
 * How the end of a connection is drawn: a bar for an orderly one, a cross for a reset.
 * @param {string} act
 * @returns {"bar" | "cross" | "arrow"}
 */
export function headOf(act) {
  if (act === "rst" || act === "proxy-reset" || act === "refused") return "cross";
  return /fin|disconnected|parted/.test(act) ? "bar" : "arrow";
}

/**
 * Which of so many events have words of their own: of too many the first and the last.
 * @param {number} count
 * @param {number} most
 * @returns {(index: number) => boolean}
 */
export function worded(count, most) {
  const last = Math.floor(most / 3);
  return (index) => count <= most || index < most - last || index >= count - last;
}
