import { join } from "node:path";
import { expect, test } from "vitest";
import { startChild } from "../../harness/net/child.ts";
import { withDeadline } from "../../harness/net/deadline.ts";

const script = join(import.meta.dirname, "fixtures", "reset-behind-fin.ts");

// With Node's own resetAndDestroy() the process spins for ever.
test("a process can end though it has reset a connection while its FIN was under way", async () => {
  await using child = await startChild(process.execPath, [script]);
  await child.heard((line) => line === "closed" || undefined, 5_000, "The connection was not closed");
  expect(await withDeadline(child.exited, 5_000, "The process did not end")).toMatchObject({ code: 0 });
});
