/** Signs with the scenarios that look so, by their ids, the likeliest first. */
export type SignTable = Readonly<Record<string, readonly string[]>>;
