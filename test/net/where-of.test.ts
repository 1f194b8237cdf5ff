import { expect, test } from "vitest";
import { whereOf } from "../../harness/net/where-of.ts";

test.each([
  ["http://127.0.0.1:8080/there", { host: "127.0.0.1", port: 8080 }],
  ["http://backend.test", { host: "backend.test", port: 80 }],
  ["https://backend.test", { host: "backend.test", port: 443 }],
  ["http://[::1]", { host: "::1", port: 80 }],
  ["https://[::1]:8443", { host: "::1", port: 8443 }],
])("%s", (url, where) => {
  expect(whereOf(new URL(url))).toEqual(where);
});
