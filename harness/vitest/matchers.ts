import { timelineText } from "../report/explain.ts";
import { type Answer, answersOf } from "./answer.ts";
import { complaintsAbout, gotText, type OwnAnswer, wantedText } from "./own-answer.ts";
import { readToEnd } from "./read-to-end.ts";

interface Result {
  readonly pass: boolean;
  readonly message: () => string;
}

/** A matcher takes what a client got, or the promise of it: then it has the time as well, and the error. */
type Matcher<Options> = (received: unknown, options?: Options) => Result | Promise<Result>;

export const toBeBadGateway: Matcher<OwnAnswer> = ownAnswer(502);
export const toBeServiceUnavailable: Matcher<OwnAnswer> = ownAnswer(503);
export const toBeGatewayTimeout: Matcher<OwnAnswer> = ownAnswer(504);

function ownAnswer(status: number): Matcher<OwnAnswer> {
  return (received, wanted = {}) =>
    once(received, (value, took) => {
      const answers = answersOf(value).map((answer) => ({ ...(took !== undefined && { took }), ...answer }));
      const complaints = answers.flatMap((answer) => complaintsAbout(answer, status, wanted));
      return resultOf(wantedText(status, wanted), answers, complaints);
    });
}

/** A message whose head was there, and which visibly ended early. */
export const toBeBrokenOff: Matcher<never> = (received) =>
  once(received, (value) => {
    const answers = answersOf(value);
    if (!(value instanceof Response && answers[0]?.end === "unread")) return brokenOff(answers);
    return readToEnd(value).then((end) => brokenOff(answers.map((answer) => ({ ...answer, ...end }))));
  });

function brokenOff(answers: readonly Answer[]): Result {
  const whole = answers.filter(({ end }) => end !== "cut");
  const complaints = whole.map((answer) => `${gotText(answer)}${answer.end === "whole" ? ", whole" : ""}`);
  return resultOf("a message broken off behind its head", answers, complaints);
}

/** Goes on at once with what is there, or later with what is promised and the milliseconds that it took. */
function once(received: unknown, go: (value: unknown, took?: number) => Result | Promise<Result>) {
  if (!isPromise(received)) return go(received);
  const begun = performance.now();
  const failed = (error: unknown) => {
    if (error instanceof Error) return error;
    throw error;
  };
  return Promise.resolve(received)
    .catch(failed)
    .then((value) => go(value, performance.now() - begun));
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

function resultOf(wanted: string, answers: readonly Answer[], complaints: readonly string[]): Result {
  const pass = answers.length > 0 && complaints.length === 0;
  const told = pass ? answers.map(gotText) : answers.length > 0 ? complaints : ["got nothing: there was no exchange"];
  const message = () => {
    const timeline = answers.find((answer) => answer.timeline)?.timeline ?? [];
    return [
      `expected ${pass ? "anything but " : ""}${wanted}`,
      ...told.map((line) => `  ${line}`),
      ...(timeline.length > 0 ? ["\n  both ends", timelineText(timeline)] : []),
    ].join("\n");
  };
  return { pass, message };
}
