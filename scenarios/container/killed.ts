import { containerKilled } from "../../harness/faults/container-killed.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The container is killed while it handles the request",
  cause: "connection_terminated",
  upstreams: [containerKilled()],
  // How it ends is the question, not how long the engine takes on a busy machine.
  plan: { timers: (run) => ({ head: run.head * 10 }) },
  claim: "own",
  proof: [{ act: "handling" }, { act: "container-killed" }, { act: "container-exited" }],
  story: {
    symptom: "Single 502s while somebody deploys, updates or cleans up; the container's log ends in mid-request.",
    why:
      "`docker kill`, `docker rm --force`, and `docker stop` once its ten seconds are over send SIGKILL to the container's first process, and everything in the container ends with it. " +
      "A shell as first process (`CMD node app.js`) makes this the rule: it does not hand SIGTERM on, so that every stop ends in a kill. The proxy reads an end of the connection where the response should begin.",
    evidence: [
      "docker events --since 10m --filter event=kill --filter event=die --format '{{.Time}} {{.Action}} {{.Actor.Attributes.name}} {{.Actor.Attributes.signal}} {{.Actor.Attributes.exitCode}}'",
      "docker inspect -f '{{.State.ExitCode}} {{.State.OOMKilled}} {{.State.FinishedAt}}' NAME   # 137 false: SIGKILL, and not for lack of memory",
      "docker inspect -f '{{.Path}} {{.Args}}' NAME   # /bin/sh -c … as first process",
      "nginx's error log: “upstream prematurely closed connection while reading response header from upstream”",
    ],
    remedy:
      'Let the application get SIGTERM (CMD ["node", "app.js"], or --init), finish what is under way and exit; give it the time with --stop-timeout; take it out of the proxy before it is stopped.',
  },
  spec: ["RFC 9209 §2.3.8", "RFC 9110 §15.6.3"],
} satisfies Scenario;
