import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { brokenOff, Interruption, interruptible } from "../../harness/cli/interruption.ts";

const exit = vi.spyOn(process, "exit").mockImplementation(() => undefined as never);

beforeEach(() => vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => {
  vi.useRealTimers();
  exit.mockClear();
});

test("a signal that comes twice at once is one keystroke; one that comes later ends the program", () => {
  using interruption = interruptible();
  process.emit("SIGINT", "SIGINT");
  expect(interruption.signal.reason).toBeInstanceOf(Interruption);
  vi.advanceTimersByTime(400);
  process.emit("SIGINT", "SIGINT");
  expect(exit).not.toHaveBeenCalled();
  vi.advanceTimersByTime(200);
  process.emit("SIGINT", "SIGINT");
  expect(exit).toHaveBeenCalledWith(130);
});

test("another signal is no repetition, however soon it comes", () => {
  using _interruption = interruptible();
  process.emit("SIGINT", "SIGINT");
  process.emit("SIGTERM", "SIGTERM");
  expect(exit).toHaveBeenCalledWith(143);
});

test("an interruption is found behind whatever could not be closed on the way", () => {
  const interruption = new Interruption("SIGTERM");
  const [first, second] = [new Error("the container sticks"), new Error("the folder is in use")];
  const behind = new SuppressedError(second, new SuppressedError(first, interruption));
  expect(brokenOff(behind)).toEqual({ interruption, unclosed: [first, second] });
  expect(brokenOff(interruption)).toEqual({ interruption, unclosed: [] });
  expect(brokenOff(new SuppressedError(second, first))).toBeUndefined();
});
