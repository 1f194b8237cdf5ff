import type { NameQuestion, NameReply } from "../net/name-message.ts";

/** What the resolver says of the backend's name once armed. */
export interface NameScript {
  reply(question: NameQuestion, where: Whereabouts): NameReply;
  /** Which of the addresses in `Whereabouts` that nothing listens on the replies speak of. */
  readonly dead?: readonly Family[];
}

type Family = "A" | "AAAA";

/** Addresses: where the backend is, and where nobody is. */
export interface Whereabouts {
  readonly alive: string;
  readonly dead: Readonly<Record<Family, string>>;
}

/** The lookup fails with a code. */
export function failsWith(rcode: "NXDOMAIN" | "SERVFAIL" | "REFUSED"): NameScript {
  return { reply: () => ({ rcode }) };
}

/** The name exists, and has no address. */
export function noAddress(): NameScript {
  return { reply: () => ({ records: [] }) };
}

/** The resolver does not answer. */
export function noReply(): NameScript {
  return { reply: () => ({ silence: true }) };
}

/** These bytes, in place of a DNS message, follow the query's own id. */
export function garbled(bytes: Uint8Array): NameScript {
  return { reply: () => ({ bytes }) };
}

/** The name is an alias of itself. */
export function aliasOfItself(): NameScript {
  return { reply: ({ name }) => ({ records: [{ name, type: "CNAME", data: name }] }) };
}

/** The name has addresses, in this order, on some of which nothing listens: `{ A: ["dead", "alive"] }`. */
export function resolvesTo(addresses: {
  readonly A?: readonly ("alive" | "dead")[];
  readonly AAAA?: readonly "dead"[];
}): NameScript {
  return {
    dead: (["A", "AAAA"] as const).filter((family) => addresses[family]?.includes("dead")),
    reply({ name, type }, { alive, dead }) {
      if (type !== "A" && type !== "AAAA") return { records: [] };
      const found = addresses[type] ?? [];
      return { records: found.map((state) => ({ name, type, data: state === "dead" ? dead[type] : alive })) };
    },
  };
}
