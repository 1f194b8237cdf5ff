import { connect, type NetConnectOpts } from "node:net";
import { withDeadline } from "./deadline.ts";

/** What a connect comes to: `connected`, or the system's error code, `ECONNREFUSED` or `ENOENT` say. */
export async function probe(where: NetConnectOpts): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const socket = connect(where, () => resolve("connected"));
  socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  try {
    return await withDeadline(promise, 2_000, "A connect of our own came to no end");
  } finally {
    socket.destroy();
  }
}
