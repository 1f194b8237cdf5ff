import { answer, type Content } from "../../harness/faults/content.ts";
import { inTurn } from "../../harness/faults/in-turn.ts";
import type { RequestHead } from "../../harness/faults/request.ts";
import { respond } from "../../harness/faults/respond.ts";
import { send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "A whole response is there before the request",
  cause: "http_protocol_error",
  upstreams: [
    inTurn([wire(send(answer()), respond(forPath), respond(forPath)), wire(respond(forPath), respond(forPath))], {
      end: "stay",
    }),
  ],
  // Whoever takes the early response for the first answer is one answer behind on that connection:
  // the 200 for /first is then what it has for /second, whose own answer is a 203.
  asks: [
    { path: "/first", claim: ["own", "clean"] },
    { path: "/second", claim: ["own", "relayed(203)"] },
  ],
  claim: "clean",
  proof: [{ act: "accepted" }, { act: "sent" }],
  story: {
    symptom: "A fast 200 on the first request of the day; after it some answers belong to other people's requests.",
    why: "The backend speaks as soon as it is connected to, like a mail server, but in HTTP. If the proxy takes these bytes for the answer, the real one comes later and lies in wait for the next request on that connection. Data on a connection without an outstanding request must not be taken for a valid response (RFC 9112 §9.2). On a fresh connection that is hard to tell from a fast backend; on a pooled one it is plain, and that is where it must never happen.",
    evidence: [
      "nc app 8080   # type nothing: HTTP/1.1 200 OK comes all the same",
      "curl -s http://proxy/first; curl -s -o /dev/null -w '%{http_code}\\n' http://proxy/second   # 200 where the backend said 203",
      "tcpdump -ni any 'tcp port 8080'   # data from the backend before any from the proxy",
    ],
    remedy: "Usually a load balancer or health endpoint that writes a canned answer on accept: let it read first.",
  },
  spec: ["RFC 9112 §9.2", "RFC 9112 §9.3", "RFC 9112 §11.1"],
} satisfies Scenario;

function forPath({ path }: RequestHead): Content {
  return answer(path === "/second" ? "203 Non-Authoritative Information" : "200 OK");
}
