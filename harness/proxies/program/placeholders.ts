import type { Plan } from "../../plan.ts";

/** What a configuration of somebody else's may leave open, by the names that stand for it. */
const names = /\$\{BADGATEWAY_(\w+)\}/g;

/** Which placeholders stand in a configuration, without `BADGATEWAY_`. */
export function placeholdersIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(names)].map(([, name = ""]) => name));
}

/**
 * Puts in what is left open, and changes nothing else:
 *
 * - `${BADGATEWAY_LISTEN}`: address and port at which the proxy listens; `…_LISTEN_HOST`, `…_LISTEN_PORT`: one of them
 * - `${BADGATEWAY_UPSTREAM}`: address and port of the backend; `…_UPSTREAM_2`: of the second; `…_UPSTREAM_2_PORT` …
 * - `${BADGATEWAY_CA}`: path of a PEM file with the authority that has issued the backends' certificates
 * - `${BADGATEWAY_RESOLVER}`: address and port of the name server that knows the backends' names
 *
 * @throws Error for a placeholder that stands for nothing
 */
export function filled(text: string, listens: URL, { upstreams, trust, resolver }: Plan): string {
  const known = new Map<string, string>([
    ...addressed("LISTEN", listens),
    ...upstreams.flatMap((url, index) => addressed(`UPSTREAM_${index + 1}`, new URL(url))),
    ...addressed("UPSTREAM", new URL(upstreams[0] ?? "http://no-upstream.invalid")),
    ["CA", trust.ca],
    ["RESOLVER", resolver ?? "127.0.0.1:53"],
  ]);
  return text.replaceAll(names, (placeholder, name: string) => {
    const value = known.get(name);
    if (value === undefined)
      throw new Error(`${placeholder} stands for nothing; known: ${[...known.keys()].join(", ")}`);
    return value;
  });
}

function addressed(name: string, { hostname, port, protocol }: URL): [string, string][] {
  const number = port || (protocol === "https:" ? "443" : "80");
  return [
    [name, `${hostname}:${number}`],
    [`${name}_HOST`, hostname.replace(/^\[|\]$/g, "")],
    [`${name}_PORT`, number],
  ];
}
