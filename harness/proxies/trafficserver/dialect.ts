import type { Dialect, DialectRow } from "../../dialect.ts";
import { malformed } from "./dialect-malformed.ts";

/**
 * What every row was measured on: Traffic Server 9.2.9 as it calls itself, which Debian 12 packages as 9.2.5 with
 * later corrections. Sources are files of that package.
 */
const versions = ">=9.2 <9.3";

type Row = Omit<DialectRow, "versions">;

const connecting: readonly Row[] = [
  {
    on: { cause: "dns_error" },
    answers: "own(500)",
    reason: "A name that does not resolve, whatever the reason, is “Cannot find server.”, an internal error.",
    source: "proxy/http/HttpTransact.cc: HttpTransact::OSDNSLookup, PPDNSLookup",
  },
  {
    on: { cause: "dns_timeout" },
    answers: "own(500)",
    reason: "A name that does not resolve, whatever the reason, is “Cannot find server.”, an internal error.",
    source: "proxy/http/HttpTransact.cc: HttpTransact::OSDNSLookup, PPDNSLookup",
  },
  {
    on: { id: "dns/moved" },
    answers: [{ claim: "clean" }, { claim: ["own(502)", "clean"] }],
    reason:
      "An answer counts for a second at least, even with a TTL of 0: the second request still goes to the old address, " +
      "unless a new second of the clock has begun.",
    source: "iocore/hostdb/HostDB.cc: HostDBContinuation::insert, std::clamp(attl, 1u, HOST_DB_MAX_TTL)",
  },
  {
    on: { cause: "connection_timeout" },
    answers: "own(502)",
    reason: "A connect, or a handshake, that takes too long is one that failed: “connect failed”.",
    source: "proxy/http/HttpSM.cc: state_http_server_open; HttpTransact::handle_server_died, CONNECTION_ERROR",
  },
];

const clocks: readonly Row[] = [
  {
    on: { id: "slow/dripping-head" },
    answers: "clean",
    at: "never",
    reason: "The timer of a silent origin begins anew with every octet: a head may take as long as it likes.",
    source: "proxy.config.http.transaction_no_activity_timeout_out; there is none for the head as a whole",
  },
  {
    on: { id: "slow/interim-forever" },
    answers: "hang",
    at: "never",
    reason: "The timer of a silent origin begins anew with every interim response, and nothing else ends the wait.",
    source: "proxy.config.http.transaction_no_activity_timeout_out; there is none for the head as a whole",
  },
  {
    on: { id: "slow/endless-body" },
    answers: "hang",
    at: "never",
    reason:
      "The timer of a whole exchange is looked at once a second, and only for connections on which nothing has happened " +
      "since the last look: a body that keeps coming outlives it.",
    source: "iocore/net/UnixNet.cc: InactivityCop::check_inactivity, NetHandler::process_ready_list (cop_list.remove)",
  },
];

const bodies: readonly Row[] = [
  {
    on: { id: "crash/close-delimited-reset" },
    answers: "silent",
    reason:
      "A body that ends with its connection is relayed in chunks, and an RST is an end like any other: the last chunk " +
      "is written, and the cut message looks whole.",
    source: "proxy/http/HttpSM.cc: tunnel_handler_server",
  },
  {
    on: { id: "malformed/response-before-request" },
    answers: [{ claim: ["own", "clean"] }, { claim: ["own", "relayed(203)", "clean", "closed"] }],
    reason:
      "What comes on an idle connection ends it, once the event loop has seen it. A request that takes the connection before " +
      "that is given the late answer as its own, or loses its connection with it (one of 150 each, on a busy machine).",
    source: "proxy/http/HttpSessionManager.cc: ServerSessionPool::eventHandler, VC_EVENT_READ_READY; acquireSession",
  },
  {
    on: { id: "crash/close-mid-body-burst" },
    answers: ["closed", "cut"],
    reason:
      "Where the end of a cut body comes in the same read as the head, the client's connection is closed before the " +
      "head has been written (2 of 20 times).",
    source: "proxy/http/HttpSM.cc: tunnel_handler_server, tunnel_handler_ua",
  },
];

const settings: readonly Row[] = [
  {
    on: { id: "dns/wrong-family" },
    waives: ["dead-address-told"],
    reason: "Asks for the IPv6 address only where there is no IPv4 one, and so never hears of the dead one.",
    source: "iocore/hostdb/HostDB.cc: proxy.config.hostdb.ip_resolve, ipv4;ipv6",
  },
  {
    on: { id: "config/loop" },
    answers: "own(400)",
    reason:
      "A request whose Via names this very process, by its UUID, is the client's fault: “Direct self loop detected”.",
    source: "proxy/http/HttpTransact.cc: HttpTransact::SelfLoop, will_this_request_self_loop",
  },
  {
    on: { id: "config/no-upstream" },
    answers: "own(404)",
    reason: "A port without a rule maps to nothing: “Not Found on Accelerator”.",
    source: "proxy/http/HttpTransact.cc: HttpTransact::EndRemapRequest; proxy.config.url_remap.remap_required",
  },
];

export const dialect: Dialect = {
  rows: [...connecting, ...clocks, ...bodies, ...malformed, ...settings].map((row) => ({ ...row, versions })),
};
