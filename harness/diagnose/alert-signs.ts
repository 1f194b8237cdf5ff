import type { Sign } from "./signs.ts";

/** The alerts that say more than that the session is refused, by their numbers (RFC 8446 §6). */
const alertSigns: Readonly<Record<number, Sign>> = {
  70: "version-refused",
  112: "name-refused",
  116: "client-certificate-wanted",
};

export function alertSign(id: number): Sign {
  return alertSigns[id] ?? "handshake-alert";
}
