import { dirname, join } from "node:path";
import { driversOf } from "../program/drivers.ts";
import { identityFiles } from "../program/identity.ts";
import { adminSocket, parseErrors } from "./admin.ts";
import { configuration } from "./configuration.ts";
import { dialect } from "./dialect.ts";
import { wordsOf } from "./log.ts";
import { cannot } from "./means.ts";
import { routeName } from "./names.ts";

export default driversOf({
  name: "haproxy",
  binary: "haproxy",
  supply: "apt-get install haproxy",
  unit: 1,
  dialect,
  cannot,
  config: configuration,
  configurationFile: "haproxy.cfg",
  files: identityFiles,
  arguments: (folder) => ["-db", "-f", join(folder, "haproxy.cfg")],
  version: { arguments: ["-v"], pattern: /HAProxy version (\d+\.\d+\.\d+)/ },
  foreign: {
    name: /haproxy.*\.cfg|\.haproxy$/i,
    sign: /^(global|defaults|frontend|backend|listen)\b[^{]*$/m,
    arguments: (file) => ["-db", "-f", file],
  },
  async said({ log }, index, output) {
    const refused = await parseErrors(join(dirname(log), adminSocket), routeName(index));
    return [...wordsOf(index, output), ...refused];
  },
});
