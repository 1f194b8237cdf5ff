import { driversOf } from "../program/drivers.ts";
import { configuration, rootConfiguration } from "./configuration.ts";
import { dialect } from "./dialect.ts";
import { logged } from "./log.ts";
import { cannot } from "./means.ts";

const configurationFile = "h2o.conf";

export default driversOf({
  name: "h2o",
  binary: "h2o",
  supply: "apt-get install h2o",
  unit: 1,
  dialect,
  cannot,
  config: configuration,
  configurationFile,
  files: () => ({ "root.conf": rootConfiguration(configurationFile) }),
  arguments: () => ["-m", "worker", "-c", process.getuid?.() === 0 ? "root.conf" : configurationFile],
  version: { arguments: ["-v"], pattern: /h2o version (\d+\.\d+\.\d+)/ },
  // Said once every port is bound.
  ready: /h2o server \(pid:\d+\) is ready to serve requests/,
  said: ({ log }) => logged(log),
});
