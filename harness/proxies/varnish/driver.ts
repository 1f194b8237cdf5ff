import { join } from "node:path";
import { driversOf } from "../program/drivers.ts";
import { argumentsFile, commandLine, instance, starter } from "./command-line.ts";
import { configuration } from "./configuration.ts";
import { dialect } from "./dialect.ts";
import { isRecorded, wordsOf } from "./log.ts";
import { cannot } from "./means.ts";

const vclFile = "varnish.vcl";

export default driversOf({
  name: "varnish",
  binary: "varnishd",
  supply: "apt-get install varnish",
  unit: 1,
  untimed: ["send"],
  dialect,
  cannot,
  config: configuration,
  configurationFile: vclFile,
  files: (routes) => ({ [argumentsFile]: commandLine(routes) }),
  starter,
  // No jail: as root, its workers would be of another user, to whom our folders are closed.
  arguments: (folder) => [
    ...["-F", "-j", "none", "-s", "default=malloc,16m"],
    // It looks for what is relative elsewhere.
    ...["-n", join(folder, instance), "-f", join(folder, vclFile)],
  ],
  version: { arguments: ["-V"], pattern: /varnish-(\d+\.\d+\.\d+)/ },
  serves: isRecorded,
  said: wordsOf,
});
