import { driverOf } from "../node/driver-of.ts";
import { cannot } from "../node/means.ts";
import { dialect } from "./dialect.ts";

export default driverOf({
  name: "node-httpxy",
  folder: import.meta.dirname,
  packages: ["httpxy"],
  unit: 1,
  untimed: ["connect"],
  dialect,
  cannot,
});
