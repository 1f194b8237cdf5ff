import { driverOf } from "../node/driver-of.ts";
import { cannot } from "../node/means.ts";
import { dialect } from "./dialect.ts";

export default driverOf({
  name: "node-pipe",
  folder: import.meta.dirname,
  packages: [],
  dialect,
  cannot,
});
