import type { NameQuestion, NameReply } from "../net/name-message.ts";
import { startNameServer } from "../net/name-server.ts";
import type { Stage } from "../stage.ts";

/** The name that backends behind a resolver of ours are reached by. */
export const backendName = "backend.test";

export interface ServedName extends AsyncDisposable {
  /** `address:port` of the resolver. */
  readonly resolver: string;
  /** From now on the name resolves so, and each question is noted: `query`, with type, name and transport. */
  arm(reply: Reply): void;
}

type Reply = (question: NameQuestion) => NameReply;

/** A resolver that knows the backend's name, in any letters, and no other. */
export async function serveName(stage: Stage, sound: Reply): Promise<ServedName> {
  let turn = { reply: sound, note: (_act: string, _detail: string) => {} };
  const server = await startNameServer({
    address: stage.address,
    answer(question, transport) {
      turn.note("query", `${question.type} ${question.name}, ${transport}`);
      return question.name.toLowerCase() === backendName ? turn.reply(question) : { rcode: "NXDOMAIN" };
    },
  });
  return {
    resolver: server.address,
    arm(reply) {
      turn = { reply, note: stage.note };
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
