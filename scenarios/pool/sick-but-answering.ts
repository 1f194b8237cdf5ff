import { unwell } from "../../harness/faults/checked.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The health path fails, the application is fine",
  cause: "destination_unavailable",
  upstreams: [unwell("/health", "sick")],
  plan: { health: { path: "/health", every: 50 } },
  asks: [{ after: "seen-sick", times: 3 }],
  claim: "own",
  proof: [{ act: "check-failed" }, { act: "request-read", times: 0 }],
  remedy: {
    plan: { health: { path: "/", every: 50 } },
    asks: [{ after: { act: "request-read", times: 2 }, times: 3 }], // the checks are requests now, and good ones
    proof: [{ act: "request-read", times: [5, 1_000] }],
  },
  story: {
    symptom:
      "Every request gets a 503 from the proxy; asked past the proxy, each backend answers as it should. Often after a release that has moved, or locked, the health path.",
    why:
      "The proxy believes its check and not its eyes: as long as the health path answers anything but 2xx, it sends no request. " +
      "Usual reasons are a path that is gone, a redirect to a login, a Host that the check does not send, and a check that fails for something the application could do without.",
    evidence: [
      "curl -so /dev/null -w '%{http_code}\\n' http://backend:8080/          # 200",
      "curl -so /dev/null -w '%{http_code}\\n' http://backend:8080/health    # 503, 404, 301 or 401",
      "HAProxy's log: “Server app/b1 is DOWN, reason: Layer7 wrong status, code: 503”",
    ],
    remedy:
      "Let the check ask for what the requests need, no less and no more; keep it out of logins and redirects; and when all backends fail it at once, doubt the check (Envoy's panic threshold does).",
  },
  spec: ["RFC 9209 §2.3.4", "RFC 9110 §15.6.4"],
} satisfies Scenario;
