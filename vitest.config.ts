import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Two files at once: the machine's cores are needed by the children and the proxies too.
    maxWorkers: 2,
    reporters: process.env.CI ? ["default", ["json", { outputFile: "trials/vitest.json" }]] : ["default"],
  },
});
