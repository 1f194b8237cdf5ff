import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readingOnce } from "../../harness/gateway/credentials.ts";
import { createAuthority } from "../../harness/net/certificates.ts";
import { temporaryFolder } from "../../harness/net/temporary.ts";

test("gateways that start together share what is made of the same files, and of no others", async () => {
  await using folder = await temporaryFolder();
  const [one, other] = [join(folder.path, "one.pem"), join(folder.path, "other.pem")];
  for (const file of [one, other]) await writeFile(file, (await createAuthority("an authority")).pem);
  const read = readingOnce();
  const [first, again, verified, different] = await Promise.all([
    read({ ca: one }),
    read({ ca: one }),
    read({ ca: one }, false),
    read({ ca: other }),
  ]);
  expect(first.context).toBeDefined();
  expect(again.context).toBe(first.context);
  expect(verified).toMatchObject({ verify: false });
  expect(different.context).not.toBe(first.context);
  await expect(read({ ca: join(folder.path, "none.pem") })).rejects.toThrow("trust.ca");
});
