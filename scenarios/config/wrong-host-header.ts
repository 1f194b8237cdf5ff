import { answer, type Content } from "../../harness/faults/content.ts";
import type { RequestHead } from "../../harness/faults/request.ts";
import { respond } from "../../harness/faults/respond.ts";
import { wireAgain } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend goes by names, and gets the wrong Host",
  upstreams: [wireAgain(respond(byName))],
  claim: "relayed(421)",
  proof: [{ act: "request-read" }, { act: "sent" }],
  remedy: { asks: [{ fields: { Host: "shop.example" } }], proof: [{ act: "request-read" }] },
  story: {
    symptom:
      "A 421, or a 404 of a site that nobody knows, through the proxy; with the right name in curl the page is there.",
    why: "Many sites share one backend address, and the Host field chooses. If the proxy puts in the upstream's address, or the client's name that this backend does not serve, the request is for somebody else: 421 Misdirected Request, or the default site's 404. No connection failed, so the proxy has nothing to report; its status is the origin's, relayed.",
    evidence: [
      "curl -v http://app:8080/   # 421",
      "curl -v -H 'Host: shop.example' http://app:8080/   # 200: only the name is wrong",
      "nginx: proxy_pass without proxy_set_header Host sends $proxy_host, the upstream's own name",
    ],
    remedy:
      "Pass the client's Host on (nginx: proxy_set_header Host $http_host; httpd: ProxyPreserveHost On), or set the name which the backend knows.",
  },
  spec: ["RFC 9110 §7.2", "RFC 9110 §15.5.20"],
} satisfies Scenario;

function byName({ fields }: RequestHead): Content {
  return answer(fields.get("host") === "shop.example" ? "200 OK" : "421 Misdirected Request");
}
