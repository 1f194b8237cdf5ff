import { subscribe } from "node:diagnostics_channel";

/**
 * How long clients of this process have waited for a response head. Node tells of every request of `node:http`, on
 * which supertest stands, and of `fetch`; a response itself carries no time.
 */
const heads = new WeakMap<object, number>();

/** Of `fetch` only the request is told, not the `Response` that the caller gets: the latest heads, by what they say. */
const fetched: { readonly url: string; readonly status: number; readonly took: number }[] = [];
const mostFetched = 200;

const begun = new WeakMap<object, number>();

/** Begins to listen. What was asked before is not known. */
export function startClock(): void {
  subscribe("http.client.request.start", (message) => begin(message));
  subscribe("http.client.response.finish", (message) => {
    const { request, response } = message as { request: object; response: object };
    const took = since(request);
    if (took !== undefined) heads.set(response, took);
  });
  subscribe("undici:request:create", (message) => begin(message));
  subscribe("undici:request:headers", (message) => {
    const { request, response } = message as {
      request: { origin: string; path: string };
      response: { statusCode: number };
    };
    const took = since(request);
    if (took === undefined) return;
    fetched.push({ url: `${request.origin}${request.path}`, status: response.statusCode, took });
    if (fetched.length > mostFetched) fetched.shift();
  });
}

function begin(message: unknown): void {
  const { request } = message as { request: object };
  begun.set(request, performance.now());
}

function since(request: object): number | undefined {
  const start = begun.get(request);
  return start === undefined ? undefined : performance.now() - start;
}

/** Milliseconds that the head of a message of `node:http` took. */
export function tookOf(message: object): number | undefined {
  return heads.get(message);
}

/** Milliseconds that the head of the latest such response of `fetch` took. */
export function tookOfFetch({ url, status }: Pick<Response, "url" | "status">): number | undefined {
  return fetched.findLast((head) => head.url === url && head.status === status)?.took;
}
