import { driversOf } from "../program/drivers.ts";
import { configuration } from "./configuration.ts";
import { dialect } from "./dialect.ts";
import { unit } from "./host.ts";
import { logged } from "./log.ts";
import { cannot } from "./means.ts";

export default driversOf({
  name: "lighttpd",
  binary: "lighttpd",
  supply: "apt-get install lighttpd",
  unit,
  dialect,
  cannot,
  config: configuration,
  configurationFile: "lighttpd.conf",
  folders: ["documents", "uploads"],
  arguments: () => ["-D", "-f", "lighttpd.conf"],
  version: { arguments: ["-v"], pattern: /lighttpd\/(\d+\.\d+\.\d+)/ },
  // Said once every port is bound.
  ready: /server started \(lighttpd/,
  said: ({ log }) => logged(log),
});
