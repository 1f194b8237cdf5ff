import { driverOf } from "../node/driver-of.ts";
import { cannotWithoutUpstream as cannot } from "../node/means.ts";
import { dialect } from "./dialect.ts";

export default driverOf({
  name: "node-pipe",
  folder: import.meta.dirname,
  packages: [],
  unit: 1,
  untimed: [],
  dialect,
  cannot,
});
