import { driversOf } from "../program/drivers.ts";
import { ended } from "../program/ended.ts";
import { configuration } from "./configuration.ts";
import { dialect } from "./dialect.ts";
import { isServing, wordsOf } from "./log.ts";
import { cannot } from "./means.ts";

export default driversOf({
  name: "nghttpx",
  binary: "nghttpx",
  supply: "apt-get install nghttp2-proxy",
  unit: 1,
  dialect,
  cannot,
  config: configuration,
  configurationFile: "nghttpx.sh",
  starter: ". ./nghttpx.sh",
  arguments: () => [],
  version: { arguments: ["--version"], pattern: /nghttpx nghttp2\/(\d+\.\d+\.\d+)/ },
  serves: ({ log }) => isServing(log),
  ended,
  said: ({ log }) => wordsOf(log),
});
