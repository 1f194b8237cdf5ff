import type { Cause } from "./cause.ts";

/** What `connect()` fails with. A missing unix socket, or one we may not open, is a door that is shut. */
export const connectCauses: Readonly<Record<string, Cause>> = {
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
