/**
 * Inside a container of a user-defined network the engine answers DNS at 127.0.0.11. This relays UDP and TCP to there
 * from the container's own address, where others can ask too. Each question is reported, one JSON object a line;
 * what the harness wants to know for itself it asks one port further on.
 *
 *     proxy ─▶ this, port 5353 ─▶ engine, 127.0.0.11 ── a name it does not know ─▶ this, port 53: NXDOMAIN
 *
 * The engine hands on what it does not know to the container's own name server, which is this too, so that no question
 * leaves the network.
 */
import { createSocket } from "node:dgram";
import { connect, createServer } from "node:net";
import { createInterface } from "node:readline";
import { decode } from "dns-packet";
import { replyTo } from "../../net/name-message.ts";
import { isRollCall, type Report } from "./report.ts";

const engine = { host: "127.0.0.11", port: 53 };
const [ownPort = "0", ...names] = process.argv.slice(2);
const port = Number(ownPort);

/** Milliseconds after which a question over UDP has no answer. */
const patience = 5_000;

function report(told: Report): void {
  process.stdout.write(`${JSON.stringify(told)}\n`);
}

/** Whose name it is, also with something behind it, a search domain say. A question for another name proves nothing. */
function reportQuestion(message: Buffer, transport: string): void {
  for (const { type, name } of decode(message).questions ?? []) {
    const site = names.indexOf(name.split(".")[0]?.toLowerCase() ?? "");
    if (site >= 0) report({ act: "query", detail: `${type} ${name}, ${transport}`, site });
  }
}

const [datagrams, quietly] = [createSocket("udp4"), createSocket("udp4")];
datagrams.on("message", (question) => reportQuestion(question, "udp"));
for (const socket of [datagrams, quietly])
  socket.on("message", (question, asker) => {
    const engineSide = createSocket("udp4");
    const giveUp = setTimeout(() => engineSide.close(), patience);
    engineSide.on("message", (answer) => {
      clearTimeout(giveUp);
      engineSide.close();
      socket.send(answer, asker.port, asker.address);
    });
    engineSide.send(question, engine.port, engine.host);
  });

const streams = createServer((asker) => {
  const engineSide = connect(engine);
  asker.once("data", (bytes) => reportQuestion(bytes.subarray(2), "tcp")); // its length stands before a message
  for (const socket of [asker, engineSide]) socket.on("error", () => {}); // its close ends the other
  asker.pipe(engineSide).pipe(asker);
});

const outside = createSocket("udp4");
outside.on("message", (question, asker) => {
  const answer = replyTo(question, () => ({ rcode: "NXDOMAIN" }));
  if (answer) outside.send(answer, asker.port, asker.address);
});

outside.bind(53);
quietly.bind(port + 1);
datagrams.bind(port, () =>
  streams.listen(port, () => {
    for (const site of names.keys()) report({ act: "listening", detail: String(port), site });
  }),
);

createInterface({ input: process.stdin }).on("line", (line) => {
  if (isRollCall(line)) report({ act: line, detail: "" });
});
