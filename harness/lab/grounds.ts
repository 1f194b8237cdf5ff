import { mkdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Authority, createAuthority } from "../net/certificates.ts";
import { temporaryFolder } from "../net/temporary.ts";
import type { Trust } from "../plan.ts";

/** What all trials of a run share: a folder, the authority that proxies trust, and the proxies' own certificate. */
export interface Grounds extends AsyncDisposable {
  readonly authority: Authority;
  readonly ca: string;
  readonly clientIdentity: NonNullable<Trust["identity"]>;
  /** A new private folder. Numbered, not named: paths of unix sockets must stay short. */
  folder(): Promise<string>;
}

export async function openGrounds(): Promise<Grounds> {
  await using opening = new AsyncDisposableStack();
  const temporary = opening.use(await temporaryFolder());
  const authority = await createAuthority("badgateway run authority");
  const client = await authority.issue({ names: ["proxy.test"], usages: ["clientAuth"] });
  const put = async (name: string, text: string) => {
    const path = join(temporary.path, name);
    await writeFile(path, text, { mode: 0o600 });
    return path;
  };
  const [ca, certificate, key] = await Promise.all([
    put("ca.pem", authority.pem),
    put("client.pem", client.chain),
    put("client.key", client.key),
  ]);
  let count = 0;
  const open = opening.move();
  return {
    authority,
    ca,
    clientIdentity: { certificate, key },
    async folder() {
      const path = join(temporary.path, String(++count));
      mkdirSync(path); // sooner done than a thread of the pool is woken
      return path;
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}
