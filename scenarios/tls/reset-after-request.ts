import { readRequest, rst } from "../../harness/faults/steps.ts";
import { tls } from "../../harness/faults/tls.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend resets after a good handshake and the whole request",
  cause: "connection_terminated",
  upstreams: [tls({}, readRequest(), rst())],
  claim: "own",
  proof: [{ act: "handshake-done" }, { act: "request-read", times: 1 }, { act: "rst" }],
  story: {
    symptom:
      "Some requests are 502, and TLS is under suspicion because it is the https backend that fails; the " +
      "certificate is fine.",
    why:
      "The handshake is done and the request read when the backend's process dies, or its socket is closed with " +
      "data unread: the kernel sends an RST, without the alert that would end TLS properly. It is a crash, not " +
      "a TLS fault.",
    evidence: [
      "openssl s_client -connect backend:8443 -servername upstream.test → connects; the reset comes after the request",
      "nginx: upstream prematurely closed connection while reading response header from upstream",
      "journalctl -u app --since -5min; dmesg | grep -i -E 'oom|segfault'",
    ],
    remedy: "Look for what kills the backend on this request; leave TLS alone.",
  },
  spec: ["RFC 9209 §2.3.8", "RFC 9110 §15.6.3"],
} satisfies Scenario;
