import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";

export interface Answer {
  readonly status?: number;
  readonly body: string;
  /** The message came to the end that its framing announces. */
  readonly whole: boolean;
  /** Milliseconds until it was whole or broken off. */
  readonly took: number;
}

/** Asks on a fresh connection. @param upload octets of a request body; none: GET */
export async function ask(url: URL, upload = 0): Promise<Answer> {
  const begun = performance.now();
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const asked = request(url, { agent: false, method: upload > 0 ? "POST" : "GET" });
  const end = (answer: Omit<Answer, "took">) => resolve({ ...answer, took: performance.now() - begun });
  asked.on("error", () => end({ body: "", whole: false }));
  asked.on("response", (response) => {
    let body = "";
    response.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    response.on("error", () => {}); // broken off: "close" tells
    response.on("close", () => {
      asked.destroy();
      end({ ...(response.statusCode && { status: response.statusCode }), body, whole: response.complete });
    });
  });
  asked.end(Buffer.alloc(upload));
  return promise;
}

/** Tells whether nothing listens at an address any more. */
export async function isRefused({ hostname, port }: URL): Promise<boolean> {
  const socket = connect(Number(port), hostname);
  try {
    await once(socket, "connect");
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ECONNREFUSED";
  } finally {
    socket.destroy();
  }
}
