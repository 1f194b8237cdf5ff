import type { Route } from "../../driver.ts";
import { shellWord } from "../program/shell-word.ts";
import { backends } from "./backend.ts";
import { logFormat } from "./log.ts";

/**
 * The script that starts it all, a pure function of the routes. nghttpx routes by host and path alone, never by the
 * port at which a request came in, and most of its settings (the connect timer, the client certificate, the size of a
 * head) count for a whole process. So each route has a process of its own, which is small: some two megabytes and
 * ten milliseconds.
 */
export function configuration(routes: readonly Route[]): string {
  return `# $0 is nghttpx. When one of them ends, its last words and the number of its route go to standard output.
nghttpx=$0
serve() {
  route=$1 log=$2
  shift 2
  (
    "$nghttpx" "$@"
    status=$?
    tail -n 3 "$log"
    echo "route $route ended with exit status $status"
  ) &
}

${routes.map(process).join("\n")}
wait
`;
}

function process({ plan, host, port, log }: Route, index: number): string {
  const { timers, trust, headLimit, upstreams, retries } = plan;
  const options = [
    "conf=/dev/null",
    // As it runs in production but for the number of its processes and threads: one event loop, and nothing around it.
    "single-process",
    "single-thread",
    `frontend=${host},${port};no-tls`,
    ...backends(plan),
    // Of the seven clocks it has three. Those for reading and writing run in a TLS handshake too, and the one for
    // reading both until the head and between two reads of the body, so that it is given the head's.
    `backend-connect-timeout=${clock(timers.connect)}`,
    `backend-read-timeout=${clock(timers.head)}`,
    `backend-write-timeout=${clock(timers.send)}`,
    // A kept connection waits for the next request longer than any scenario does.
    "backend-keep-alive-timeout=1h",
    // No failed connect answers for the next request: out of the box its upstream is left out for seconds. Where others
    // are to be tried it has to be out meanwhile, or two that fail take turns until the fiftieth try.
    `backend-max-backoff=${retries > 0 && upstreams.length > 1 ? "1s" : "0"}`,
    // Names and values of all fields together: what comes nearest to the size of a head.
    `response-header-field-buffer=${headLimit}`,
    `cacert=${trust.ca}`,
    ...(trust.identity
      ? [`client-cert-file=${trust.identity.certificate}`, `client-private-key-file=${trust.identity.key}`]
      : []),
    "log-level=INFO",
    `errorlog-file=${log}`,
    `accesslog-file=${log}`,
    `accesslog-format=${logFormat}`,
  ];
  const words = options.map((option) => `  ${shellWord(`--${option}`)}`).join(" \\\n");
  return `# http://${host}:${port} -> ${upstreams.join(" ")}\nserve ${index + 1} ${shellWord(log)} \\\n${words}\n`;
}

/** nghttpx takes 0 for "at once" in one place and for "never" in another: what is off becomes a day. */
function clock(milliseconds: number): string {
  return milliseconds === 0 ? "24h" : `${milliseconds}ms`;
}
