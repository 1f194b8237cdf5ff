import { createRequire } from "node:module";
import type HttpProxy from "http-proxy";

const require = createRequire(import.meta.url);

/**
 * The `http-proxy` package. It copies `util._extend` when it is loaded, and calling that prints DEP0060 on every
 * start; so for the moment of loading it finds `Object.assign`, its replacement, in that place.
 */
function loadEngine(): typeof HttpProxy {
  const util: { _extend: unknown } = require("node:util");
  const deprecated = util._extend;
  util._extend = Object.assign;
  try {
    return require("http-proxy");
  } finally {
    util._extend = deprecated;
  }
}

/**
 * One engine serves every gateway. Its answers are all made elsewhere (`selfHandleResponse`), and its pass
 * `deleteLength` is taken out: it declares `Content-Length: 0` for a chunked DELETE or OPTIONS and pipes the body
 * behind it, where the upstream reads it as a second request.
 */
export const engine = createEngine();

function createEngine(): HttpProxy {
  const proxy = loadEngine().createProxyServer({ selfHandleResponse: true, toProxy: true, ignorePath: true });
  const passes: { name: string }[] = Reflect.get(proxy, "webPasses");
  passes.splice(
    passes.findIndex((pass) => pass.name === "deleteLength"),
    1,
  );
  return proxy;
}
