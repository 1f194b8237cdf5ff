import { createSocket, type Socket as DatagramSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { closeServer, listen, trackConnections } from "./listen.ts";
import { type NameQuestion, type NameReply, replyTo } from "./name-message.ts";

export interface NameServer extends AsyncDisposable {
  /** `address:port`, the same port for UDP and TCP. */
  readonly address: string;
}

/** A DNS server on UDP and TCP that answers as it is told. What cannot be read as a query gets no reply. */
export async function startNameServer(options: {
  readonly address: string;
  readonly answer: (question: NameQuestion, transport: "udp" | "tcp") => NameReply;
}): Promise<NameServer> {
  const { datagrams, server } = await onOnePort(options.address);
  const reply = (message: Buffer, transport: "udp" | "tcp") =>
    replyTo(message, (question) => options.answer(question, transport));
  datagrams.on("error", () => {}); // a reply that could not be sent is a reply lost
  datagrams.on("message", (message, peer) => {
    const bytes = reply(message, "udp");
    if (bytes) datagrams.send(bytes, peer.port, peer.address);
  });
  const connections = trackConnections(server);
  server.on("connection", (socket) => serveStream(socket, (message) => reply(message, "tcp")));
  return {
    address: `${options.address}:${datagrams.address().port}`,
    async [Symbol.asyncDispose]() {
      const closed = once(datagrams, "close");
      datagrams.close();
      await Promise.all([closed, closeServer(server, connections)]);
    },
  };
}

/**
 * Clients that get a truncated reply come back over TCP, to the same port. The kernel picks it for TCP alone,
 * and a UDP socket of somebody else, bound to all addresses, may have it already: then the next port is tried.
 */
async function onOnePort(address: string): Promise<{ datagrams: DatagramSocket; server: Server }> {
  const taken = new Set<Server>();
  try {
    for (;;) {
      const server = createServer();
      taken.add(server); // kept until the end, so that the kernel does not pick its port again
      const { port } = await listen(server, { host: address });
      const datagrams = await bound(address, port);
      if (!datagrams) continue;
      taken.delete(server);
      return { datagrams, server };
    }
  } finally {
    await Promise.all([...taken].map((server) => closeServer(server, [])));
  }
}

async function bound(address: string, port: number): Promise<DatagramSocket | undefined> {
  const datagrams = createSocket("udp4");
  datagrams.bind(port, address);
  try {
    await once(datagrams, "listening");
    return datagrams;
  } catch (error) {
    datagrams.close();
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") return undefined;
    throw error;
  }
}

/** Over TCP each message has its length before it, in two octets (RFC 1035 §4.2.2). */
function serveStream(socket: Socket, reply: (message: Buffer) => Uint8Array | undefined): void {
  let bytes = Buffer.alloc(0);
  socket.on("error", () => {}); // a client that resets has had what it wanted
  socket.on("data", (piece: Buffer) => {
    bytes = Buffer.concat([bytes, piece]);
    while (bytes.length >= 2 && bytes.length >= 2 + bytes.readUInt16BE()) {
      const end = 2 + bytes.readUInt16BE();
      const answer = reply(bytes.subarray(2, end));
      if (answer) socket.write(Buffer.concat([Uint8Array.of(answer.length >> 8, answer.length & 0xff), answer]));
      bytes = bytes.subarray(end);
    }
  });
}
