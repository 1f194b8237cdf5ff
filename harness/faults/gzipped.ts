import { gzipSync } from "node:zlib";
import { type Content, render } from "./content.ts";

/** A content, compressed: begins with the octets 1f 8b 08 (RFC 1952 §2.3.1). */
export function gzipped(content: Content): Content {
  return (stage) => gzipSync(render(content, stage));
}
