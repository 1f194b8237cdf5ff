import { driverOf } from "../node/driver-of.ts";
import { cannot } from "../node/means.ts";
import { dialect } from "./dialect.ts";

export default driverOf({
  name: "node-http-proxy-3",
  folder: import.meta.dirname,
  packages: ["http-proxy-3"],
  unit: 1,
  untimed: ["idle"],
  dialect,
  cannot,
});
