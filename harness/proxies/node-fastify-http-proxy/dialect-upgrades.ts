import type { Row } from "../node/dialect-of.ts";

const source = "@fastify/http-proxy/index.js: WebSocketProxy.handleUpgrade, before the target is asked";
const reason =
  "The plugin is a WebSocket server and a WebSocket client: the client's upgrade is accepted before the backend is asked";

/** The backend's answer to an upgrade is never relayed. */
export const upgrades: readonly Row[] = [
  {
    on: { glob: "upgrade/{dropped,refused,reset,wrong-accept}" },
    answers: "own(101)",
    reason: `${reason}; what fails there becomes a Close frame.`,
    source,
  },
  {
    on: { id: "upgrade/never-answers" },
    answers: "hang",
    at: "never",
    reason: `${reason}; the wait for its answer has no bound.`,
    source,
  },
  {
    on: { glob: "upgrade/{dropped,never-answers,reset}" },
    remedied: true,
    answers: "own(101)",
    reason: `${reason}; messages are relayed, its head is not.`,
    source,
  },
];
