import { defineConfig } from "vitest/config";

/** The lab measures times: while it does, nothing else of ours may keep the cores busy. */
const lab = ["test/scenarios.test.ts", "test/signs.test.ts", "test/readme.test.ts"];

const common = { testTimeout: 20_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    maxWorkers: 2,
    reporters: process.env.CI ? ["default", ["json", { outputFile: "trials/vitest.json" }]] : ["default"],
    projects: [
      {
        test: {
          ...common,
          name: "lab",
          include: lab,
          maxWorkers: 1,
          fileParallelism: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: { ...common, name: "parts", include: ["test/**/*.test.ts"], exclude: lab, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
