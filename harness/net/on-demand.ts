/** Something that is started when it is first wanted, and closed if it was; what nobody wanted never starts. */
export interface OnDemand<T> extends AsyncDisposable {
  /** The same for everybody. @throws what starting it throws */
  start(): Promise<T>;
}

export function onDemand<T extends AsyncDisposable>(begin: () => Promise<T>): OnDemand<T> {
  let started: Promise<T> | undefined;
  let closed = false;
  return {
    start() {
      if (closed) return Promise.reject(new Error("it has been closed"));
      started ??= begin();
      started.catch(() => {}); // whoever wants it hears of it, perhaps later
      return started;
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      const running = await started?.catch(() => undefined); // it has closed itself then
      await running?.[Symbol.asyncDispose]();
    },
  };
}
