import { driversOf } from "../program/drivers.ts";
import { configuration } from "./configuration.ts";
import { dialect } from "./dialect.ts";
import { wordsOf } from "./log.ts";
import { cannot } from "./means.ts";

export default driversOf({
  name: "caddy",
  binary: "caddy",
  supply: "apt-get install caddy",
  unit: 1,
  dialect,
  cannot,
  config: configuration,
  configurationFile: "caddy.json",
  arguments: () => ["run", "--config", "caddy.json"],
  // Debian's build says "2.6.2", Caddy's own "v2.6.2 h1:…".
  version: { arguments: ["version"], pattern: /^v?(\d+\.\d+\.\d+)/m },
  // Said once every server listens.
  ready: /serving initial configuration/,
  foreign: {
    name: /caddyfile|^caddy.*\.json$/i,
    sign: /^\s*(reverse_proxy\b|"apps"\s*:)/m,
    // Its admin endpoint has a fixed port, unless it is told another place; several of them run side by side. What it
    // keeps of its state, with the configuration that it ran last, would take the place of the user's own.
    starter: 'CADDY_ADMIN="unix/$PWD/admin.sock" XDG_CONFIG_HOME="$PWD" XDG_DATA_HOME="$PWD" exec "$0" "$@"',
    arguments: (file) => ["run", "--config", file, ...(file.endsWith(".json") ? [] : ["--adapter", "caddyfile"])],
  },
  said: wordsOf,
});
