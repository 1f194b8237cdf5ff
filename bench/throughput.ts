/**
 * Healthy keep-alive traffic through the gateway, a bare `http-proxy` and a pipe of `node:http`, each in a process of
 * its own, in turns of half a second within one run: a machine that is busy is so for all of them. Backend and clients
 * are bare sockets in this process, cheap enough that the proxy's core is the bottleneck.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { withDeadline } from "../harness/net/deadline.ts";
import { closeServer, listen, trackConnections } from "../harness/net/listen.ts";
import { median } from "./median.ts";
import { type Kind, kinds, type Told } from "./throughput-proxy.ts";

const rounds = Number(process.argv[2] ?? 15);
const slice = 500;
const clients = 32;
const content = "x".repeat(1024);
const request = "GET /orders/42?lang=en HTTP/1.1\r\nHost: shop.example\r\nUser-Agent: bench\r\nAccept: */*\r\n\r\n";
const answer = `HTTP/1.1 200 OK\r\nDate: ${new Date().toUTCString()}\r\nContent-Type: text/plain\r\nContent-Length: ${content.length}\r\n\r\n${content}`;

interface Proxy {
  readonly kind: Kind;
  readonly child: ChildProcess;
  readonly port: number;
  readonly rates: number[];
  /** Microseconds of processor time for one request. */
  readonly costs: number[];
}

/** One answer for each request; a head that is cut in two by the socket's chunks does not happen at this size. */
const backend = createServer((socket) => {
  socket.setNoDelay(true);
  socket.on("error", () => {});
  socket.on("data", (chunk) => {
    if (chunk.indexOf("\r\n\r\n") !== -1) socket.write(answer);
  });
});
const backends = trackConnections(backend);
const { port: backendPort } = await listen(backend, { host: "127.0.0.1" });

async function startProxy(kind: Kind): Promise<Proxy> {
  const upstream = `http://127.0.0.1:${backendPort}`;
  const child = fork(join(import.meta.dirname, "throughput-proxy.ts"), [kind, upstream], { stdio: "inherit" });
  const { port } = await told(child);
  return { kind, child, port, rates: [], costs: [] };
}

async function told(child: ChildProcess): Promise<Told> {
  const [message] = await withDeadline(once(child, "message"), 15_000, "The proxy said nothing");
  return message;
}

async function cpuOf({ child }: Proxy): Promise<number> {
  child.send("how much?");
  return (await told(child)).cpu;
}

/** Keeps every client asking until the time is over; tells how many answers came. */
async function load(port: number, milliseconds: number): Promise<number> {
  let answers = 0;
  let over = false;
  const client = async () => {
    const socket: Socket = connect(port, "127.0.0.1");
    socket.setNoDelay(true);
    let length = 0;
    let got = 0;
    socket.on("data", (chunk) => {
      // Every answer of one proxy is as long as the first.
      if (length === 0) length = chunk.indexOf("\r\n\r\n") + 4 + content.length;
      got += chunk.length;
      if (got < length) return;
      got -= length;
      answers += 1;
      if (over) socket.destroy();
      else socket.write(request);
    });
    socket.write(request);
    await once(socket, "close");
  };
  setTimeout(() => {
    over = true;
  }, milliseconds);
  await Promise.all(Array.from({ length: clients }, client));
  return answers;
}

async function measure(proxy: Proxy): Promise<void> {
  const cpu = await cpuOf(proxy);
  const began = performance.now();
  const answers = await load(proxy.port, slice);
  proxy.rates.push((answers / (performance.now() - began)) * 1000);
  proxy.costs.push(((await cpuOf(proxy)) - cpu) / answers);
}

const proxies = await Promise.all(kinds.map(startProxy));
for (const { port } of proxies) await load(port, 2_000);
for (let round = 0; round < rounds; round++) for (const proxy of proxies) await measure(proxy);
for (const { child } of proxies) child.disconnect();
await closeServer(backend, backends);

const bare = proxies.find(({ kind }) => kind === "http-proxy");
console.log(`${clients} clients, ${content.length} octets of content, median of ${rounds} turns of ${slice} ms each`);
for (const { kind, rates, costs } of proxies) {
  const ratios = rates.map((rate, round) => rate / (bare?.rates[round] ?? Number.NaN));
  const shares = costs.map((cost, round) => (bare?.costs[round] ?? Number.NaN) / cost);
  const rate = `${median(rates).toFixed(0).padStart(6)} requests/s, ${median(ratios).toFixed(2)} × http-proxy`;
  const cost = `${median(costs).toFixed(0).padStart(4)} µs of processor time each, ${median(shares).toFixed(2)} × http-proxy`;
  console.log(`  ${kind.padEnd("gateway with its log".length)} ${rate}; ${cost}`);
}
