import { driverOf } from "../node/driver-of.ts";
import { cannotWithoutUpstream as cannot } from "../node/means.ts";
import { dialect } from "./dialect.ts";

export default driverOf({
  name: "node-fastify-http-proxy",
  folder: import.meta.dirname,
  packages: ["@fastify/http-proxy", "fastify"],
  unit: 500,
  untimed: [],
  dialect,
  cannot,
});
