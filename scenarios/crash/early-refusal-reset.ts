import { answer } from "../../harness/faults/content.ts";
import { closeUnread, fin, readBytes, readRequestHead, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

const refusal = answer("413 Content Too Large", { Connection: "close" });

export default {
  title: "The backend answers 413 and closes on the unread upload: a reset chases the answer",
  cause: "connection_terminated",
  upstreams: [wire(readRequestHead(), readBytes(65_536), send(refusal), closeUnread())],
  asks: [{ method: "POST", path: "/upload", body: 8 * 2 ** 20 }],
  claim: ["relayed(413)", "own"],
  racy: "The RST may overtake the 413: it is thrown away unread in the proxy's kernel, or it is not.",
  proof: [
    { act: "sent", times: 1 },
    { act: "closed-unread", times: 1 },
  ],
  remedy: {
    upstreams: [wire(readRequestHead(), readBytes(65_536), send(refusal), fin())],
    claim: "relayed(413)",
    proof: [{ act: "fin", times: 1 }],
  },
  story: {
    symptom: "Files that are too big give 413 on some days and 502 on others, for the same file.",
    why: "close() with bytes still unread makes the kernel send RST instead of FIN, and RST throws away whatever the other side has not read yet: the 413 too. Which of them the proxy meets first is chance.",
    evidence: [
      "for i in $(seq 20); do curl -so /dev/null -w '%{http_code} ' -T big.iso http://gateway/upload; done   # 413 502 413 413 502 …",
      "tcpdump -ni any 'tcp port 8080'   # the 413 as data, at once behind it [R]",
      "The application's log holds a 413 for each of the 502s",
      "nginx: $upstream_status 413 when the answer won, a line with (104: Connection reset by peer) when the RST did",
    ],
    remedy:
      "The backend must half-close and drain for a while before it closes, as in the run with the remedy: a lingering close (nginx: lingering_close). The socket option SO_LINGER is something else and makes it worse.",
  },
  spec: ["RFC 9112 §9.6", "RFC 9209 §2.3.8"],
} satisfies Scenario;
