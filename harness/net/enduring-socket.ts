import { Socket } from "node:net";

type WriteCallback = (error?: Error | null) => void;

/**
 * A socket that reads to the end although a write has failed. Node destroys a socket on a failed write, and with it
 * a response that has arrived but is not read yet: the early refusal of an upload, say, with the RST behind it.
 */
export class EnduringSocket extends Socket {
  /** The code with which the first write failed. */
  writeFailure: string | undefined;

  override _write(bytes: Uint8Array, encoding: BufferEncoding, callback: WriteCallback): void {
    super._write(bytes, encoding, (error) => {
      if (error) this.writeFailure ??= "code" in error && typeof error.code === "string" ? error.code : error.message;
      callback();
    });
  }
}
