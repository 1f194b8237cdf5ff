import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Route } from "../../driver.ts";
import { driversOf } from "../program/drivers.ts";
import { adminSocket, parseErrors } from "./admin.ts";
import { configuration } from "./configuration.ts";
import { dialect } from "./dialect.ts";
import { wordsOf } from "./log.ts";
import { cannot } from "./means.ts";
import { identityFile, routeName } from "./names.ts";

export default driversOf({
  name: "haproxy",
  binary: "haproxy",
  supply: "apt-get install haproxy",
  unit: 1,
  dialect,
  cannot,
  config: configuration,
  configurationFile: "haproxy.cfg",
  files: identities,
  arguments: (folder) => ["-db", "-f", join(folder, "haproxy.cfg")],
  version: { arguments: ["-v"], pattern: /HAProxy version (\d+\.\d+\.\d+)/ },
  async said({ log }, index, output) {
    const refused = await parseErrors(join(dirname(log), adminSocket), routeName(index));
    return [...wordsOf(index, output), ...refused];
  },
});

/** HAProxy wants certificate and key in one file. */
function identities(routes: readonly Route[]): Record<string, string> {
  const shown = routes.flatMap(({ plan: { trust } }, index) =>
    trust.identity ? [{ name: identityFile(index), ...trust.identity }] : [],
  );
  const text = (path: string) => readFileSync(path, "utf8");
  return Object.fromEntries(shown.map(({ name, certificate, key }) => [name, text(certificate) + text(key)]));
}
