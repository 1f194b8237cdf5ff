import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The proxy has no upstream at all",
  cause: "destination_not_found",
  upstreams: [],
  claim: "own",
  proof: [{ act: "asked", times: 1 }],
  story: {
    symptom: "500 in no time, and no trace of an attempt to connect to anything.",
    why: "A template that was rendered before service discovery answered, a selector that matches no pod, a route to a group which is empty: there is nobody to ask. No backend has failed, so it is neither 502 nor 504; the proxy's own configuration has, and RFC 9209 recommends 500 for `destination_not_found`. Many products say 503 or 404 here.",
    evidence: [
      "kubectl get endpoints app   # <none>",
      "curl -v http://proxy/ | grep -i proxy-status   # error=destination_not_found",
      "Envoy says NR (404) or NC (503), Traefik 404, HAProxy SC-- with <NOSRV> (503)",
    ],
    remedy: "Let the proxy refuse a configuration without upstreams when it is loaded, and alert on an empty group.",
  },
  spec: ["RFC 9209 §2.3.3", "RFC 9110 §15.6.1"],
} satisfies Scenario;
