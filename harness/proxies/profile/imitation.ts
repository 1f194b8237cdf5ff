import { type Cause, isCause, recommendedStatus } from "../../cause.ts";
import type { DialectRow } from "../../dialect.ts";
import type { ProxyDriver } from "../../driver.ts";
import type { Profile, ProfileAnswer, Source } from "../../gateway/profile.ts";

/** Who names itself in `Server`, and how. */
const servers: Readonly<Record<string, string>> = {
  nginx: "nginx",
  envoy: "envoy",
  caddy: "Caddy",
  apache: "Apache",
  lighttpd: "lighttpd",
  nghttpx: "nghttpx",
  varnish: "Varnish",
  squid: "squid",
  h2o: "h2o",
  trafficserver: "ATS",
};

/** When the dialects were measured last. */
const date = "2026-11-26";

/** A profile of a proxy that could be run here, made of what was measured on it: for where it is not installed. */
export function imitationOf({ name, dialect }: ProxyDriver): Profile {
  const rows = dialect.rows.filter(({ remedied }) => remedied === undefined);
  const answers: Partial<Record<Cause, ProfileAnswer>> = {};
  const sources: Record<string, Source> = {
    server: { title: "what it calls itself", date },
    standard: { title: "RFC 9209 §2.3: measured to be as recommended", date },
  };
  for (const cause of Object.keys(recommendedStatus).filter(isCause)) {
    const row = rows.find(({ on }) => "cause" in on && on.cause === cause);
    const status = row && statusOf(row);
    answers[cause] = { mark: "measured", source: "standard", status: recommendedStatus[cause] };
    if (!row || status === undefined) continue;
    sources[cause] = { title: `${row.source}, measured on ${row.versions}`, date };
    answers[cause] = { mark: "measured", source: cause, status, note: row.reason };
  }
  const server = servers[name];
  return {
    name,
    title: name,
    setting: "as measured by badgateway",
    sources,
    answers,
    timers: {},
    page: {
      type: "text/html",
      body: `<html>\n<head><title>{status} {reason}</title></head>\n<body>\n<h1>{status} {reason}</h1>\n<p>${name}, imitated by badgateway</p>\n</body>\n</html>\n`,
    },
    fields: {
      own: [],
      every: server === undefined ? [] : [{ mark: "measured", source: "server", name: "Server", text: server }],
    },
    ids: {},
    log: {
      own: '{time} {clientHost} "{method} {target}" {status} {sent} "{reason}" upstream {upstream}',
      relayed: '{time} {clientHost} "{method} {target}" {status} {sent} upstream {upstream} {upstreamStatus}',
    },
    beyond: [],
  };
}

/** The first status of its own that a row allows. */
function statusOf({ answers }: DialectRow): number | undefined {
  const words = typeof answers === "string" ? [answers] : Array.isArray(answers) ? answers : [];
  const own = words.flatMap((word) => (typeof word === "string" ? (/^own\((\d+)\)$/.exec(word)?.[1] ?? []) : []));
  return own[0] === undefined ? undefined : Number(own[0]);
}
