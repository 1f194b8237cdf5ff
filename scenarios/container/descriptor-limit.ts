import { containerOutOfDescriptors } from "../../harness/faults/container-out-of-descriptors.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The container's descriptor limit is too low: accepted, and closed at once",
  cause: "connection_terminated",
  upstreams: [containerOutOfDescriptors({ limit: 64, needed: 100 })],
  claim: "own",
  proof: [{ act: "emfile" }, { act: "probe-closed", times: 2 }],
  remedy: { upstreams: [containerOutOfDescriptors({ limit: 1024, needed: 100 })], proof: [{ act: "opened" }] },
  story: {
    symptom:
      "502s at once under load, in the container only: the same application on the machine itself bears the same load.",
    why:
      "A container's processes start with the engine's limit of descriptors, or that of --ulimit, whatever the machine's shell says. With all of them in use accept() fails (EMFILE); " +
      "Node's runtime then gives up a spare descriptor to accept the connection and closes it. The proxy gets an end of the connection in place of a response.",
    evidence: [
      'docker inspect -f \'{{json .HostConfig.Ulimits}}\' NAME   # [{"Name":"nofile","Soft":64,"Hard":64}], or null: the engine\'s default',
      "docker exec NAME sh -c 'ulimit -n; ls /proc/1/fd | wc -l'",
      "docker logs NAME 2>&1 | grep EMFILE   # “too many open files”, from whatever else opens something",
      "nginx's error log: “recv() failed (104: Connection reset by peer)” or “upstream prematurely closed connection”",
    ],
    remedy:
      "Look for a leak first (docker exec NAME ls -l /proc/1/fd: many of one kind). Where the load itself needs them: docker run --ulimit nofile=65536:65536, ulimits: in the Compose file, or default-ulimits of dockerd.",
  },
  spec: ["RFC 9209 §2.3.8", "RFC 9110 §15.6.3"],
} satisfies Scenario;
