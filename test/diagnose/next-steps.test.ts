import { expect, test } from "vitest";
import { concrete } from "../../harness/diagnose/next-steps.ts";
import { targetOf } from "../../harness/diagnose/target.ts";

test.each([
  ["curl -v http://app:8080/", "http://shop.test:9000/", "curl -v http://shop.test:9000/"],
  ["curl -v http://app:8080/", "http://[::1]:9000/", "curl -v http://[::1]:9000/"],
  ["nc app 8080", "http://[::1]:9000/", "nc ::1 9000"],
  ["ls -l /run/app.sock", "unix:/tmp/a.sock", "ls -l /tmp/a.sock"],
])("%s becomes one for %s", (command, url, told) => expect(concrete(command, targetOf(url))).toBe(told));
