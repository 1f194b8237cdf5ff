import { driverOf } from "../node/driver-of.ts";
import { cannot } from "../node/means.ts";
import { dialect } from "./dialect.ts";

export default driverOf({
  name: "node-http-proxy",
  folder: import.meta.dirname,
  packages: ["http-proxy"],
  unit: 1,
  untimed: ["connect", "idle"],
  dialect,
  cannot,
});
