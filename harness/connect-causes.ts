import type { Cause } from "./cause.ts";

/** What `connect()` fails with through the peer or the way to it. A missing unix socket, or one we may not open, is a door that is shut. */
const connectCauses: Readonly<Record<string, Cause>> = {
  ECONNREFUSED: "connection_refused",
  ENOENT: "connection_refused",
  ENOTDIR: "connection_refused",
  ENOTSOCK: "connection_refused",
  EPROTOTYPE: "connection_refused",
  EACCES: "connection_refused",
  EPERM: "destination_ip_prohibited",
  ENETUNREACH: "destination_ip_unroutable",
  EHOSTUNREACH: "destination_ip_unroutable",
  ENETDOWN: "destination_ip_unroutable",
  EHOSTDOWN: "destination_ip_unroutable",
  EINVAL: "destination_ip_unroutable",
  ETIMEDOUT: "connection_timeout",
  ECONNRESET: "connection_terminated",
  ECONNABORTED: "connection_terminated",
};

/** Why `connect()` failed with this code. What no peer has a part in (no descriptor left, no local address) is our own failure. */
export function connectCause(code: string): Cause {
  return connectCauses[code] ?? "proxy_internal_error";
}
