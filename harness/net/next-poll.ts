/** Calls back when what has arrived by now has been read: the poll for it is a turn of the event loop away. */
export function afterNextPoll(callback: () => void): void {
  setImmediate(() => setImmediate(callback));
}
