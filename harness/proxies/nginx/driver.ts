import { driversOf } from "../program/drivers.ts";
import { configuration } from "./configuration.ts";
import { dialect } from "./dialect.ts";
import { foreign } from "./foreign.ts";
import { logged } from "./log.ts";
import { cannot } from "./means.ts";

/** As root the workers stay root too: the folders they need are closed to everybody else. */
const asRoot = process.getuid?.() === 0 ? ["-g", "user root;"] : [];

export default driversOf({
  name: "nginx",
  binary: "nginx",
  supply: "apt-get install nginx",
  unit: 1,
  dialect,
  cannot,
  config: configuration,
  configurationFile: "nginx.conf",
  folders: ["temporary"],
  arguments: (folder) => ["-p", folder, "-c", "nginx.conf", "-e", "stderr", ...asRoot],
  // Other builds have other names: `nginx version: openresty/1.27.1`.
  version: { arguments: ["-v"], pattern: /version: \w+\/(\d+\.\d+\.\d+)/ },
  // Said once every port is bound and the worker is on its way.
  ready: /start worker process \d+/,
  foreign,
  said: (route) => logged(route.log),
});
