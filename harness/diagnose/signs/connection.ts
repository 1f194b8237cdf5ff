import type { SignTable } from "./sign-table.ts";

/** What goes wrong before there is a connection on which to ask. */
export const connectionSigns = {
  // resolve
  "name-unknown": ["dns/nxdomain", "container/name-gone"],
  "name-without-address": ["dns/no-address"],
  "alias-leads-nowhere": ["dns/alias-loop"],
  "resolver-fails": ["dns/servfail"],
  "resolver-refuses": ["dns/refused"],
  "resolver-silent": ["dns/no-answer"],
  "resolver-garbled": ["dns/garbled"],
  "resolver-unreachable": ["dns/no-answer"],
  // connect
  refused: [
    "crash/refused",
    "crash/dead-from-the-start",
    "crash/restarting",
    "dns/dead-address",
    "pool/all-dead",
    "pool/one-of-two-dead",
    "pool/one-of-two-dead-retried",
    "pool/connect-failure-repeats-post",
  ],
  "some-addresses-dead": ["dns/one-dead-of-two", "dns/wrong-family"],
  "connect-timeout": ["slow/connect-black-hole", "exhaustion/accept-queue", "container/restarted"],
  "socket-missing": ["crash/socket-missing"],
  "socket-stale": ["crash/socket-stale"],
  "socket-forbidden": ["config/socket-no-permission"],
  "not-connected": ["slow/connect-black-hole"],
  // tls
  "plain-http-on-tls-port": ["config/tls-to-plain-port", "tls/plain-http"],
  "handshake-garbled": ["tls/garbage-hello"],
  "handshake-alert": ["tls/handshake-alert", "tls/client-certificate-required", "tls/no-common-cipher"],
  "version-refused": ["tls/old-version-only"],
  "name-refused": ["tls/unknown-name"],
  "client-certificate-wanted": ["tls/client-certificate-required-13", "tls/client-certificate-required"],
  "handshake-closed": ["tls/close-in-handshake"],
  "handshake-reset": ["tls/reset-in-handshake"],
  "handshake-stalled": ["tls/stalled-handshake"],
  "certificate-expired": ["tls/expired"],
  "certificate-not-yet-valid": ["tls/not-yet-valid"],
  "certificate-self-signed": ["tls/self-signed"],
  "certificate-of-strangers": ["tls/unknown-authority", "tls/incomplete-chain"],
  "certificate-for-clients": ["tls/not-a-server-certificate"],
  "certificate-of-another-name": ["tls/wrong-host", "tls/wrong-host-resumed"],
  "certificate-rejected": ["tls/unknown-authority"],
} as const satisfies SignTable;
