import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import { junitReport } from "../../harness/report/junit.ts";
import { run } from "./run.ts";

const xml = junitReport(run);
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "",
  isArray: (name) => name === "testsuite" || name === "testcase",
});
const { testsuites } = parser.parse(xml);

describe("the JUnit report", () => {
  test("is XML, whatever octets a peer has sent", () => {
    expect(XMLValidator.validate(xml)).toBe(true);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no such characters, escaped or not
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
  });

  test("has a suite for each proxy, and its sums are those of its cases", () => {
    expect(testsuites).toMatchObject({ tests: "6", failures: "1", errors: "1", skipped: "1" });
    expect(testsuites.testsuite).toMatchObject([
      { name: "gateway 0.1.0", tests: "3", failures: "1", errors: "0", skipped: "0" },
      { name: "nginx 1.22.1", tests: "3", failures: "0", errors: "1", skipped: "1" },
    ]);
    for (const suite of testsuites.testsuite) expect(suite.testcase).toHaveLength(Number(suite.tests));
  });

  test("tells of a failure as a person would read it", () => {
    const [gateway] = testsuites.testsuite;
    const { failure, ...failed } = gateway.testcase.find(({ name }: { name: string }) => name === "tls/expired");
    expect(failed).toMatchObject({ classname: "gateway 0.1.0", time: "0.301" });
    expect(failure.message).toContain("own(504), wanted own(502) </script>");
    expect(failure["#text"]).toContain("gateway said");
    expect(failure["#text"]).toContain("again: badgateway run tls/expired --proxy gateway --seed 7");
  });

  test("tells void from failed, and says what is missing and why a proxy departs", () => {
    const [, nginx] = testsuites.testsuite;
    expect(nginx.testcase).toMatchObject([
      { name: "slow/never", "system-out": expect.stringContaining("It knows no such timer.") },
      { name: "slow/never, remedied", error: { type: "void" } },
      { name: "tls/expired", skipped: { message: "no perl here: apt-get install perl" } },
    ]);
    expect(nginx.testcase[0]).not.toHaveProperty("failure");
  });
});
