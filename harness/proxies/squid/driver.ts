import { driversOf } from "../program/drivers.ts";
import { configuration } from "./configuration.ts";
import { dialect } from "./dialect.ts";
import { ended, wordsOf } from "./log.ts";
import { cannot } from "./means.ts";
import { filesFor, grain, starter } from "./services.ts";

export default driversOf({
  name: "squid",
  binary: "squid",
  // The other build, with GnuTLS, looks at no certificate.
  supply: "apt-get install squid-openssl",
  unit: grain,
  dialect,
  cannot,
  config: configuration,
  configurationFile: "squid.conf",
  files: filesFor,
  starter,
  // What is fatal goes to standard error too, where we read it.
  arguments: () => ["-N", "-d", "0", "-f", "squid.conf"],
  version: { arguments: ["-v"], pattern: /Version (\d+\.\d+(?:\.\d+)?)/ },
  ended,
  said: wordsOf,
});
