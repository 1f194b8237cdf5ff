/**
 * A shell command that runs a program as `"$@"`, hands it every line that it is told, and outlives it: it ends when it
 * is told `end`, with the program's exit status.
 *
 * The program has a pipe of its own. Node makes its standard input non-blocking, and that is a property of what is open,
 * not of who reads: a shell that shared it would be told by `read` that nothing is there, and end with the program.
 */
export const outliving = `{
  trap '' PIPE
  while read -r line && [ "$line" != end ]; do printf '%s\\n' "$line"; done 2>/dev/null
} | "$@"`;
