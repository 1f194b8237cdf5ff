import type { Ending } from "../trial.ts";

/** How the wait for a response ended, in words. */
export const endings: Readonly<Record<Ending, string>> = {
  whole: "whole",
  fin: "ended by FIN",
  rst: "ended by RST",
  malformed: "given up as no response",
  deadline: "given up waiting",
};
