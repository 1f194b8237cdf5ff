import fc from "fast-check";
import { expect, test } from "vitest";
import { TranscriptRecorder } from "../../harness/transcript.ts";

test("keeps the first and the last 4 KiB of whatever comes, in whatever pieces", () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 6_000 }), { maxLength: 12 });
  fc.assert(
    fc.property(sizes, (pieces) => {
      const recorder = new TranscriptRecorder();
      let all = "";
      for (const [index, size] of pieces.entries()) {
        const text = Array.from({ length: size }, (_, at) => String.fromCharCode((index * 31 + at) % 256)).join("");
        recorder.push(Buffer.from(text, "latin1"));
        all += text;
      }
      const [first, rest] = [all.slice(0, 4_096), all.slice(4_096)];
      const expected = { bytes: all.length, first, ...(rest && { last: rest.slice(-4_096) }) };
      expect(recorder.transcript()).toEqual(expected);
    }),
  );
});
