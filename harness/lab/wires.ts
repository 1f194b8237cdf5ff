import type { WireRecorder } from "../stage.ts";
import { TranscriptRecorder } from "../transcript.ts";
import type { Connection } from "../trial.ts";

/** More than any scenario opens; a proxy that dials for ever must not fill the memory. */
const MOST_CONNECTIONS = 100;

/** What went over the wires between a proxy and the backends of one trial. */
export class Wires {
  readonly #wires: { who: string; number: number; sent: TranscriptRecorder; received: TranscriptRecorder }[] = [];

  open(who: string, number: number): WireRecorder {
    const [sent, received] = [new TranscriptRecorder(), new TranscriptRecorder()];
    if (this.#wires.length < MOST_CONNECTIONS) this.#wires.push({ who, number, sent, received });
    return { sent: (bytes) => sent.push(bytes), received: (bytes) => received.push(bytes) };
  }

  records(): Connection[] {
    return this.#wires.map(({ sent, received, ...wire }) => ({
      ...wire,
      sent: sent.transcript(),
      received: received.transcript(),
    }));
  }
}
