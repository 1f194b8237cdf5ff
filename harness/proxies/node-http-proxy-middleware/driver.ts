import { driverOf } from "../node/driver-of.ts";
import { cannotWithoutUpstream as cannot } from "../node/means.ts";
import { dialect } from "./dialect.ts";

export default driverOf({
  name: "node-http-proxy-middleware",
  folder: import.meta.dirname,
  packages: ["http-proxy-middleware"],
  unit: 1,
  untimed: ["connect"],
  dialect,
  cannot,
});
