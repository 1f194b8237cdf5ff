/**
 * A command that begins when it is sent a line, which it does not get to see itself. When nobody is left who could send
 * one it ends without having begun: we may be killed between the start of a process and the word to the watchdog.
 */
export function gated(command: string, args: readonly string[]): readonly [command: string, args: string[]] {
  // A shell reads from a pipe no further than to the end of the line: what comes behind it is the command's.
  return ["/bin/sh", ["-c", 'read -r go && exec "$0" "$@"', command, ...args]];
}
