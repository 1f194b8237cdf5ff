import { Stream } from "node:stream";

/**
 * Stands in for the content of a request that has none. The request's own stream would end a turn later, and only once,
 * while the request may be sent a second time.
 */
export class NoContent extends Stream {
  override pipe<Destination extends NodeJS.WritableStream>(destination: Destination): Destination {
    destination.end();
    return destination;
  }
}
