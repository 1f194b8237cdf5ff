import { driversOf } from "../program/drivers.ts";
import { ended } from "../program/ended.ts";
import { configuration } from "./configuration.ts";
import { dialect } from "./dialect.ts";
import { isServing, lastWords, wordsOf } from "./log.ts";
import { cannot } from "./means.ts";

export default driversOf({
  name: "h2o",
  binary: "h2o",
  supply: "apt-get install h2o",
  unit: 1,
  dialect,
  cannot,
  config: configuration,
  configurationFile: "h2o.sh",
  starter: ". ./h2o.sh",
  arguments: () => [],
  version: { arguments: ["-v"], pattern: /h2o version (\d+\.\d+\.\d+)/ },
  serves: ({ log }) => isServing(log),
  ended,
  lastWords,
  said: wordsOf,
});
