import { driversOf } from "../program/drivers.ts";
import { configuration } from "./configuration.ts";
import { dialect } from "./dialect.ts";
import { files } from "./files.ts";
import { isServing, wordsOf } from "./log.ts";
import { cannot } from "./means.ts";
import { ended, starter } from "./process.ts";

export default driversOf({
  name: "trafficserver",
  binary: "traffic_server",
  supply: "apt-get install trafficserver",
  unit: 1_000,
  dialect,
  cannot,
  config: configuration,
  configurationFile: "remap.config",
  files,
  starter,
  arguments: () => [],
  version: { arguments: ["-V"], pattern: /traffic_server - (\d+\.\d+\.\d+)/ },
  serves: isServing,
  ended: (_index, output, route) => ended(route, output),
  said: wordsOf,
});
