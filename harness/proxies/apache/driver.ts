import { join } from "node:path";
import { driversOf } from "../program/drivers.ts";
import { identityFiles } from "../program/identity.ts";
import { configuration } from "./configuration.ts";
import { dialect } from "./dialect.ts";
import { logged } from "./log.ts";
import { cannot } from "./means.ts";
import { unit } from "./upstream.ts";

/**
 * Apache as Debian builds it does not serve as root, and whom it becomes instead could neither read the configuration nor
 * connect to a socket of root's. So root starts it as nobody, with leave to pass over the permissions of files.
 */
const starter =
  'if [ "$(id -u)" = 0 ]; then set -- setpriv --reuid=65534 --regid=65534 --clear-groups ' +
  '--inh-caps=+dac_override --ambient-caps=+dac_override "$0" "$@"; else set -- "$0" "$@"; fi; exec "$@"';

export default driversOf({
  name: "apache",
  binary: "apache2",
  supply: "apt-get install apache2",
  unit,
  dialect,
  cannot,
  config: configuration,
  configurationFile: "apache.conf",
  files: identityFiles,
  starter,
  // Its root is where anybody may be: the program that takes its log starts there, and as itself.
  arguments: (folder) => [
    "-d",
    "/",
    "-C",
    `Define ground ${folder}`,
    "-f",
    join(folder, "apache.conf"),
    "-D",
    "FOREGROUND",
  ],
  version: { arguments: ["-v"], pattern: /Apache\/(\d+\.\d+\.\d+)/ },
  // It gives its child three seconds; ended by force before that, its shared memory would stay in /dev/shm.
  grace: 5_000,
  // Said once every port is bound and its child is on its way.
  ready: /AH00489: .* resuming normal operations/,
  foreign: {
    name: /(apache|httpd).*\.conf$/i,
    sign: /^\s*(<VirtualHost\b|ProxyPass\b|LoadModule\b)/m,
    starter,
    arguments: (file, folder) => [
      ...["-C", `PidFile ${join(folder, "apache.pid")}`, "-C", `DefaultRuntimeDir ${folder}`],
      ...["-f", file, "-D", "FOREGROUND"],
    ],
  },
  said: ({ log }) => logged(log),
});
