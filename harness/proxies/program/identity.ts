import { readFileSync } from "node:fs";
import type { Route } from "../../driver.ts";

/** Where a route shows its own certificate: certificate and key in one file, for programs that want them so. */
export function identityFile(index: number): string {
  return `identity_${index + 1}.pem`;
}

/** These files, for `files` of a program. */
export function identityFiles(routes: readonly Route[]): Record<string, string> {
  const shown = routes.flatMap(({ plan: { trust } }, index) =>
    trust.identity ? [{ name: identityFile(index), ...trust.identity }] : [],
  );
  const text = (path: string) => readFileSync(path, "utf8");
  return Object.fromEntries(shown.map(({ name, certificate, key }) => [name, text(certificate) + text(key)]));
}
