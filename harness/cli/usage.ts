/** What was typed cannot be done. Its message is all that is shown: the option, what was wanted, what came. */
export class UsageError extends Error {}

/** The exit codes of every command. */
export const exitCode = {
  /** Everything is as claimed. */
  asClaimed: 0,
  /** A claim failed, or a trial was void. */
  notAsClaimed: 1,
  usage: 2,
  /** A fault of badgateway itself (EX_SOFTWARE of sysexits.h). */
  internal: 70,
} as const;
