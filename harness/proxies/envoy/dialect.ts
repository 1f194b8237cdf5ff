import type { Dialect } from "../../dialect.ts";
import { connections } from "./dialect-connection.ts";
import { malformed } from "./dialect-malformed.ts";
import type { Row } from "./dialect-row.ts";

/** What every row was measured on: Envoy 1.40.0, as PyPI has it. Sources are files of its repository. */
const versions = ">=1.40 <1.41";

const bodies: readonly Row[] = [
  {
    on: { id: "upgrade/refused" },
    answers: "silent",
    reason:
      "What answers a WebSocket handshake otherwise than with 101 loses its body: Envoy replies itself, with the " +
      "backend's status and fields and a “Content-Length: 0”, detail websocket_handshake_unsuccessful.",
    source: "source/common/router/upstream_codec_filter.cc: CodecBridge::decodeHeaders, sendLocalReply",
  },
  {
    on: { id: "crash/close-delimited-reset" },
    answers: "silent",
    reason:
      "A body that only the close ends is ended by the reset as well, and goes to the client in chunks: Envoy writes " +
      "the last one itself, so that what is cut looks whole.",
    source: "source/common/http/http1/codec_impl.cc: ClientConnectionImpl::onEncodeComplete",
  },
  {
    on: { id: "slow/unread-upload" },
    answers: "own(408)",
    reason:
      "No clock runs for the writing of the request but the exchange's “idle_timeout”, which blames the client as long " +
      "as the request is not whole: a 408, flag SI.",
    source: "source/common/http/utility.cc: Utility::maybeRequestTimeoutCode",
  },
];

const settings: readonly Row[] = [
  {
    on: { id: "config/loop" },
    answers: ["relayed(508)", "own(504)"],
    reason: "Nothing notices a loop: the request goes round until the other hop gives up, or a clock on the way.",
    source: "api/envoy/extensions/filters/network/http_connection_manager/v3: “via” is added where set, never read",
  },
  {
    on: { id: "config/no-upstream" },
    answers: "own(404)",
    reason: "A virtual host without routes has nothing to find, flag NR.",
    source: "source/common/router/router.cc: Filter::decodeHeaders, route_not_found",
  },
];

export const dialect: Dialect = {
  rows: [...connections, ...malformed, ...bodies, ...settings].map((row) => ({ ...row, versions })),
};
