/**
 * Memory. First 1 GiB down and 1 GiB up through the gateway program, with a reader that is slower than the writer and
 * twice does not read at all: it must hold the writer back, and not the bytes. Then a whole run of the catalogue.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { withDeadline } from "../harness/net/deadline.ts";
import { closeServer, listen, trackConnections } from "../harness/net/listen.ts";
import { forgetPeak, mebibytes, memoryOf, residentOf, treeOf } from "./process-memory.ts";

const size = 2 ** 30;
/** What the reader takes at most, in octets a second. */
const rate = 128 * 2 ** 20;
/** A whole run takes seconds; on a machine that is busy with other things, longer. */
const longestRun = 120_000;
const main = join(import.meta.dirname, "..", "harness", "cli", "main.ts");
const piece = Buffer.alloc(256 * 1024, "x");

/** Writes so many octets, no faster than they are taken. */
function pour(socket: Socket, octets: number): void {
  let left = octets;
  const go = () => {
    while (left > 0) {
      left -= piece.length;
      if (!socket.write(piece)) {
        socket.once("drain", go);
        return;
      }
    }
  };
  go();
}

/** Reads at `rate` what comes, with two pauses of two seconds; resolves when so many octets have come. */
function readSlowly(socket: Socket, octets: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const pauses = [octets / 2, 0];
  let due = performance.now();
  let got = 0;
  socket.on("data", (chunk) => {
    got += chunk.length;
    due += (chunk.length / rate) * 1000;
    if (got > (pauses.at(-1) ?? Number.POSITIVE_INFINITY)) {
      pauses.pop();
      due = performance.now() + 2_000;
    }
    if (got >= octets) resolve();
    const early = due - performance.now();
    if (early < 1) return;
    socket.pause();
    setTimeout(() => socket.resume(), early);
  });
  socket.once("close", () => reject(new Error(`the connection ended after ${got} octets`)));
  return promise;
}

interface Program extends AsyncDisposable {
  readonly pid: number;
  readonly port: number;
}

async function startGateway(upstream: string): Promise<Program> {
  const args = [main, "gateway", "--upstream", upstream, "--listen", "127.0.0.1:0"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const end = async () => {
    const closed = once(child, "close");
    if (child.kill("SIGKILL")) await closed;
  };
  try {
    const [line] = await withDeadline(
      once(createInterface(child.stdout), "line"),
      15_000,
      "The gateway did not listen",
    );
    return { pid: child.pid ?? 0, port: Number(/127\.0\.0\.1:(\d+)/.exec(line)?.[1]), [Symbol.asyncDispose]: end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Prints how far the gateway's memory has grown while `work` went on. */
async function growth(what: string, { pid }: Program, work: () => Promise<void>): Promise<void> {
  const before = await residentOf(pid, "VmRSS");
  await forgetPeak(pid);
  const began = performance.now();
  await work();
  const peak = await residentOf(pid, "VmHWM");
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`  ${what}: ${mebibytes(peak - before)} more at the peak (${mebibytes(before)} before), in ${seconds} s`);
}

async function throughTheGateway(): Promise<void> {
  const uploaded = Promise.withResolvers<void>();
  const backend = createServer((socket) => {
    socket.on("error", () => {});
    serve(socket);
  });
  const serve = (socket: Socket) =>
    socket.once("data", (chunk) => {
      const [target] = /\/\w+/.exec(chunk.toString("latin1")) ?? [];
      if (target === "/up") {
        readSlowly(socket, size - piece.length).then(uploaded.resolve, uploaded.reject);
        return;
      }
      const length = target === "/down" ? size : 0;
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n`);
      pour(socket, length);
      serve(socket);
    });
  const connections = trackConnections(backend);
  const { port } = await listen(backend, { host: "127.0.0.1" });
  await using _backend = { [Symbol.asyncDispose]: () => closeServer(backend, connections) };
  await using gateway = await startGateway(`http://127.0.0.1:${port}`);
  const client = (head: string) => {
    const socket = connect(gateway.port, "127.0.0.1");
    socket.on("error", () => {});
    socket.write(`${head} HTTP/1.1\r\nHost: shop.example\r\n`);
    return socket;
  };
  const first = client("GET /first");
  first.write("Connection: close\r\n\r\n");
  await once(first.resume(), "close");

  await growth("1 GiB down", gateway, async () => {
    const socket = client("GET /down");
    socket.write("\r\n");
    await readSlowly(socket, size);
    socket.destroy();
  });
  await growth("1 GiB up", gateway, async () => {
    const socket = client("POST /up");
    socket.write(`Content-Length: ${size}\r\n\r\n`);
    pour(socket, size);
    await uploaded.promise;
    socket.destroy();
  });
}

async function catalogue(): Promise<void> {
  const child = spawn(process.execPath, [main, "run", "--proxy", "gateway"], { stdio: "ignore", timeout: longestRun });
  const pid = child.pid ?? 0;
  let own = 0;
  let all = 0;
  // Nobody keeps the peak of several processes together: it is looked for as long as they run.
  const looking = setInterval(async () => {
    own = Math.max(own, await residentOf(pid, "VmHWM").catch(() => 0));
    all = Math.max(all, await memoryOf(await treeOf(pid)));
  }, 50);
  const [code, signal] = await once(child, "close");
  clearInterval(looking);
  console.log(
    `  its own process: ${mebibytes(own)} at the peak; with all that it starts: ${mebibytes(all)} (${signal ?? `exit ${code}`})`,
  );
}

console.log("through the gateway program, with a slow reader");
await throughTheGateway();
console.log("a whole run of the catalogue on the gateway");
await catalogue();
