import { alertOf } from "../net/tls-codes.ts";
import { isTrickling } from "../trickling.ts";
import { alertSign } from "./alert-signs.ts";
import { ofBroken } from "./broken-response.ts";
import type { Course, CourseEnd } from "./course.ts";
import type { Finding, LayerName } from "./layer.ts";

type Found = Omit<Finding, "layer">;

/** In which layer an exchange ended. The forgiving reader may have seen the end of a head that the strict one refuses. */
export function layerOf({ end, headAt, written, begun }: Course): LayerName {
  if (end.by === "broken") return end.part === "head" ? "head" : "body";
  if (end.by === "timer" && end.timer === "send") return "request";
  if (headAt !== undefined) return "body";
  return written === undefined && begun === 0 ? "request" : "head";
}

/** What is wrong, when an exchange has not come to its end. */
export function wrongWith(course: Course): Found | undefined {
  const { end } = course;
  switch (end.by) {
    case "whole":
    case "enough":
      return undefined;
    case "fin":
      return ofFin(course, end.truncated);
    case "rst":
      return ofReset(course);
    case "timer":
      return ofTimer(course, end);
    case "broken":
      return ofBroken(course, end);
    case "error":
      return ofError(course, end.error);
  }
}

function ofFin(course: Course, truncated: boolean): Found {
  const { begun, interim, bodyBytes } = course;
  const layer = layerOf(course);
  if (layer === "body") {
    if (truncated && course.framing?.by === "close") {
      const says = "the TLS session was cut without close_notify, and nothing else tells the body's end";
      return { sign: "session-cut", cause: "http_response_incomplete", says };
    }
    if (course.framing?.by === "frames")
      return { sign: "upgrade-dropped", says: "the WebSocket was closed without a Close frame" };
    const says = `the upstream closed the connection after ${bodyBytes} octets of the body${promised(course)}`;
    return { sign: "closed-in-body", cause: "http_response_incomplete", says };
  }
  if (!course.asked) {
    const says = "the upstream took the connection and closed it before it was asked for anything";
    return { sign: "closed-unasked", cause: "connection_terminated", says };
  }
  if (layer === "request") {
    const says = "the upstream closed the connection while the request was being sent";
    return { sign: "closed-in-upload", cause: "connection_terminated", says };
  }
  if (begun === 0 && interim.length > 0) {
    const says = `the upstream closed the connection after the interim response ${interim.at(-1)}`;
    return { sign: "closed-after-interim", cause: "http_response_incomplete", says };
  }
  if (begun === 0) {
    const says = "the upstream closed the connection instead of answering";
    return { sign: "closed-without-answer", cause: "connection_terminated", says };
  }
  const says = `the upstream closed the connection after ${begun} octets of the response head`;
  return { sign: "closed-in-head", cause: "http_response_incomplete", says };
}

function promised({ framing }: Course): string {
  if (framing?.by === "length") return `, ${framing.length} were promised`;
  return framing?.by === "chunks" ? ", before the last chunk" : "";
}

function ofReset(course: Course): Found {
  const cause = "connection_terminated";
  const { begun, interim, bodyBytes, framing } = course;
  const layer = layerOf(course);
  if (!course.asked) {
    const says = "the upstream took the connection and reset it before it was asked for anything";
    return { sign: "reset-unasked", cause, says };
  }
  if (layer === "request") {
    const says = "the upstream reset the connection while the request was being sent";
    return { sign: "reset-in-upload", cause, says };
  }
  if (layer === "body") {
    if (framing?.by === "frames") return { sign: "upgrade-dropped", says: "the upstream reset the WebSocket" };
    const says = `the upstream reset the connection after ${bodyBytes} octets of the body${promised(course)}`;
    return { sign: "reset-in-body", cause, says };
  }
  if (begun > 0)
    return { sign: "reset-in-head", cause, says: "the upstream reset the connection within the response head" };
  if (interim.length > 0) {
    const says = `the upstream reset the connection after the interim response ${interim.at(-1)}`;
    return { sign: "reset-after-interim", cause, says };
  }
  return { sign: "reset-without-answer", cause, says: "the upstream reset the connection instead of answering" };
}

function ofTimer(course: Course, { timer, limit, quiet }: Extract<CourseEnd, { by: "timer" }>): Found {
  if (timer === "send") {
    const says = `the upstream took no more of the request for ${limit} ms`;
    return { sign: "upload-stalled", cause: "connection_write_timeout", says };
  }
  if (course.headAt === undefined) {
    const found = headMissing(course, limit, isTrickling(quiet, limit));
    return timer === "total" ? { ...found, cause: "http_response_timeout" } : found;
  }
  if (timer === "total") {
    const says = `the response was not whole after ${limit} ms: ${course.bodyBytes} octets, and no end`;
    return { sign: "endless-body", cause: "http_response_timeout", says };
  }
  const says = `the body stalled after ${course.bodyBytes} octets${promised(course)}: nothing more for ${limit} ms`;
  return { sign: "stalled-body", cause: "connection_read_timeout", says };
}

/** The head has not come whole; `trickling`: though bytes kept coming. */
function headMissing({ begun, interim, written }: Course, limit: number, trickling: boolean): Found {
  const cause = trickling ? "http_response_timeout" : "connection_read_timeout";
  if (begun > 0) {
    const says = `${begun} octets of the head came, and it was not whole after ${limit} ms`;
    return { sign: trickling ? "dripping-head" : "stalled-head", cause, says };
  }
  if (trickling) {
    const says = `${interim.length} interim responses within ${limit} ms, and no final one`;
    return { sign: "interim-forever", cause, says };
  }
  const taken = written === undefined ? "" : "took the request and ";
  const but = interim.length > 0 ? `, but for the interim response ${interim.at(-1)}` : "";
  return { sign: "never-answers", cause, says: `the upstream ${taken}did not answer within ${limit} ms${but}` };
}

function ofError(course: Course, error: Error): Found {
  const alert = alertOf(error);
  if (alert) {
    const says = `the upstream ended the session with the TLS alert ${alert["alert-id"]} (${alert["alert-message"]})`;
    return { sign: alertSign(alert["alert-id"]), cause: "tls_alert_received", says };
  }
  const code = "code" in error ? String(error.code) : "";
  if (code.startsWith("ERR_SSL_"))
    return { sign: "handshake-garbled", cause: "tls_protocol_error", says: error.message };
  return { ...ofReset(course), says: error.message };
}
