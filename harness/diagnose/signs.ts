import { connectionSigns } from "./signs/connection.ts";
import { exchangeSigns } from "./signs/exchange.ts";
import { responseSigns } from "./signs/response.ts";

/**
 * What an upstream's faults look like to whoever connects, each with the scenarios that look so, the likeliest first.
 * One sign has several scenarios where the wire does not tell them apart: a process that was killed and one that closes
 * by mistake send the same octets.
 */
export const signs = { ...connectionSigns, ...exchangeSigns, ...responseSigns };

export type Sign = keyof typeof signs;
