import { type Settings, typed } from "./typed.ts";

/** Every route's lines stand in this file, in the order in which the exchanges ended. */
export const logFile = "access.log";

/** A listener of our own, on this socket: see `words.ts`. */
export const markerSocket = "marker.sock";

/** The name of a route's listener and cluster. */
export function routeName(index: number): string {
  return `route_${index + 1}`;
}

/** Status, flags, details (what ailed the connection included), tries, and request: nothing that differs from run to run. */
const words =
  "%RESPONSE_CODE% %RESPONSE_FLAGS% %RESPONSE_CODE_DETAILS% tries=%UPSTREAM_REQUEST_ATTEMPT_COUNT% %REQ(:METHOD)% %REQ(:PATH)%";

/** @param name of the route, which stands before its lines */
export function accessLog(name: string): Settings {
  return {
    name: "envoy.access_loggers.file",
    typed_config: typed("extensions.access_loggers.file.v3.FileAccessLog", {
      path: logFile,
      log_format: { text_format_source: { inline_string: `${name} ${words}\n` } },
    }),
  };
}
