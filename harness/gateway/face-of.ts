import type { IncomingMessage } from "node:http";
import { type Face, plainFace } from "./face.ts";
import type { GatewayOptions } from "./options.ts";
import { ProfileFace } from "./profile-face.ts";

/** @param exchange the number of the request, from which the ids of a profile follow */
export function faceOf(
  { name, profile, seed, signature }: Pick<GatewayOptions, "name" | "profile" | "seed" | "signature">,
  request: Pick<IncomingMessage, "headers">,
  exchange: number,
): Face {
  return profile
    ? new ProfileFace(request, { profile, name, seed, exchange, signature })
    : plainFace(name, request.headers.accept, signature);
}
