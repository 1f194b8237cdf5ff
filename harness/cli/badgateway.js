#!/usr/bin/env node
// Plain JavaScript, so that an older Node gets a sentence instead of a syntax error: for an import by name, too.
import module from "node:module";
import os from "node:os";

const wanted = 24;
const major = Number(process.versions.node.split(".")[0]);
if (major < wanted) {
  console.error(`badgateway: Node ${wanted} or newer is needed, this is ${process.versions.node}`);
  process.exit(2);
}
// What has been compiled once, types stripped, is kept in the temporary folder: half of what a start costs. In one of the
// user's own, as net/compile-cache.ts has it, which is TypeScript and so comes too late.
module.enableCompileCache(`${os.tmpdir()}/node-compile-cache-${process.getuid?.() ?? "own"}`);
// Node strips no types below node_modules: the published package carries the sources compiled.
const published = import.meta.url.includes("/node_modules/");
await import(published ? "../../dist/harness/cli/main.js" : "./main.ts");
