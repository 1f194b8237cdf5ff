import { driversOf } from "../program/drivers.ts";
import { checkAuthorities } from "./authorities.ts";
import { configuration } from "./configuration.ts";
import { dialect } from "./dialect.ts";
import { ended, peersProbed, wordsOf } from "./log.ts";
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
  files(routes) {
    checkAuthorities(routes);
    return filesFor(routes);
  },
  starter,
  // What is fatal goes to standard error too, where we read it.
  arguments: () => ["-N", "-d", "0", "-f", "squid.conf"],
  version: { arguments: ["-v"], pattern: /Version (\d+\.\d+(?:\.\d+)?)/ },
  serves: peersProbed,
  ended,
  said: wordsOf,
});
