/** A line of the chunked coding longer than this, or a trailer section, is not read on. */
const longestLine = 64 * 1024;
const longestTrailer = 1024 * 1024;

/** A chunk's size line, or the part of it that has come. Padding behind the size is old, but in use. */
const sizeLine = /^([0-9a-f]{1,12})[ \t]*(?:;.*)?\r?$/i;

/** Takes the chunked coding off (RFC 9112 §7.1), whatever the pieces it comes in. */
export class ChunkedReader {
  #expects: "size" | "data" | "data end" | "trailer" | "nothing" = "size";
  #line = "";
  /** Octets of the chunk that are still to come. */
  #left = 0;
  #trailerBytes = 0;
  /** The lines behind the last chunk, as they came. */
  readonly trailers: string[] = [];
  /** What is wrong with the coding, once something is. */
  malformed: string | undefined;

  get whole(): boolean {
    return this.#expects === "nothing";
  }

  /** Reads on, gives away the content, and returns what stands behind the last chunk and its trailers. */
  read(bytes: Buffer, content: (piece: Buffer) => void): Buffer {
    let rest = bytes;
    while (rest.length > 0 && !this.whole && this.malformed === undefined) {
      rest = this.#expects === "data" ? this.#readData(rest, content) : this.#readLine(rest);
    }
    return rest;
  }

  #readData(bytes: Buffer, content: (piece: Buffer) => void): Buffer {
    const piece = bytes.subarray(0, this.#left);
    content(piece);
    this.#left -= piece.length;
    if (this.#left === 0) this.#expects = "data end";
    return bytes.subarray(piece.length);
  }

  #readLine(bytes: Buffer): Buffer {
    const feed = bytes.indexOf(0x0a);
    this.#line += bytes.toString("latin1", 0, feed < 0 ? bytes.length : feed);
    this.#judgeLine();
    if (this.malformed !== undefined) return bytes;
    if (feed < 0) return bytes.subarray(bytes.length);
    this.#endLine(this.#line.replace(/\r$/, ""));
    this.#line = "";
    return bytes.subarray(feed + 1);
  }

  /** A line is judged before it ends: whoever sent a wrong one may never end it. */
  #judgeLine(): void {
    const line = this.#line;
    const wrong =
      line.length > longestLine ||
      (this.#expects === "size" && line !== "" && !sizeLine.test(line)) ||
      (this.#expects === "data end" && !/^\r?$/.test(line));
    if (wrong) this.malformed = `chunk ${this.#expects}: ${JSON.stringify(line.slice(0, 40))}`;
  }

  #endLine(line: string): void {
    if (this.#expects === "data end") {
      this.#expects = "size";
    } else if (this.#expects === "trailer") {
      this.#trailerBytes += line.length;
      if (line === "") this.#expects = "nothing";
      else this.trailers.push(line);
      if (this.#trailerBytes > longestTrailer) this.malformed = `trailers of more than ${longestTrailer} octets`;
    } else {
      const [, size] = sizeLine.exec(line) ?? [];
      if (size === undefined) this.malformed = "chunk size: an empty line";
      this.#left = Number.parseInt(size ?? "0", 16);
      this.#expects = this.#left === 0 ? "trailer" : "data";
    }
  }
}
