import { alertOf, isCertificateCode } from "../net/tls-codes.ts";
import type { Course, CourseEnd } from "./course.ts";
import type { Finding, LayerName } from "./layer.ts";
import { ruleSigns, type Sign } from "./signs.ts";
import { strangerIn } from "./strangers.ts";

type Found = Omit<Finding, "layer">;

/** In which layer an exchange ended. The forgiving reader may have seen the end of a head that the strict one refuses. */
export function layerOf({ end, headAt, written, received }: Course): LayerName {
  if (headAt !== undefined && !(end.by === "broken" && end.part === "head")) return "body";
  return written === undefined && received === 0 ? "request" : "head";
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
      return ofError(end.error);
  }
}

function ofFin(course: Course, truncated: boolean): Found {
  const { received, interim, bodyBytes } = course;
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
  if (received === 0) {
    const sign: Sign = layer === "request" ? "closed-in-upload" : "closed-without-answer";
    const says = `the upstream closed the connection ${layer === "request" ? "while the request was being sent" : "instead of answering"}`;
    return { sign, cause: "connection_terminated", says };
  }
  if (interim.length > 0) {
    const says = `the upstream closed the connection after the interim response ${interim.at(-1)}`;
    return { sign: "closed-after-interim", cause: "http_response_incomplete", says };
  }
  const says = `the upstream closed the connection after ${received} octets of the response head`;
  return { sign: "closed-in-head", cause: "http_response_incomplete", says };
}

function promised({ framing }: Course): string {
  if (framing?.by === "length") return `, ${framing.length} were promised`;
  return framing?.by === "chunks" ? ", before the last chunk" : "";
}

function ofReset(course: Course): Found {
  const cause = "connection_terminated";
  const layer = layerOf(course);
  if (layer === "request")
    return {
      sign: "reset-in-upload",
      cause,
      says: "the upstream reset the connection while the request was being sent",
    };
  if (layer === "body") {
    if (course.framing?.by === "frames") return { sign: "upgrade-dropped", says: "the upstream reset the WebSocket" };
    const says = `the upstream reset the connection after ${course.bodyBytes} octets of the body${promised(course)}`;
    return { sign: "reset-in-body", cause, says };
  }
  if (course.received > 0)
    return { sign: "reset-in-head", cause, says: "the upstream reset the connection within the response head" };
  return { sign: "reset-without-answer", cause, says: "the upstream reset the connection instead of answering" };
}

function ofTimer(course: Course, { timer, limit, quiet }: Extract<CourseEnd, { by: "timer" }>): Found {
  const read = "connection_read_timeout";
  if (timer === "send") {
    const says = `the upstream took no more of the request for ${limit} ms`;
    return { sign: "upload-stalled", cause: "connection_write_timeout", says };
  }
  if (timer === "total") {
    const says = `the response was not whole after ${limit} ms: ${course.bodyBytes} octets, and no end`;
    return { sign: "endless-body", cause: "http_response_timeout", says };
  }
  if (timer === "idle") {
    const says = `the body stalled after ${course.bodyBytes} octets${promised(course)}: nothing more for ${limit} ms`;
    return { sign: "stalled-body", cause: read, says };
  }
  if (course.received === 0) {
    return {
      sign: "never-answers",
      cause: read,
      says: `the upstream took the request and did not answer within ${limit} ms`,
    };
  }
  // Bytes kept coming: it is not the next read that took too long, but the whole (RFC 9209 §2.3.26).
  const trickling = quiet !== undefined && quiet < limit / 2;
  if (course.interim.length > 0 && trickling) {
    const says = `${course.interim.length} interim responses within ${limit} ms, and no final one`;
    return { sign: "interim-forever", cause: "http_response_timeout", says };
  }
  const came = `${course.received} octets of the head came, and it was not whole after ${limit} ms`;
  if (trickling) return { sign: "dripping-head", cause: "http_response_timeout", says: came };
  return { sign: "stalled-head", cause: read, says: came };
}

function ofBroken(course: Course, { failure }: Extract<CourseEnd, { by: "broken" }>): Found {
  const { cause, details = cause } = failure;
  const rule = details.replace(/ \(RFC .*/, "");
  const stranger = cause === "http_protocol_error" ? strangerIn(course.beginning) : undefined;
  const sign = stranger?.sign ?? ruleSigns[rule] ?? byCause(cause, details);
  return { sign, cause, says: stranger ? `${stranger.says} (${rule})` : details };
}

function byCause(cause: string, details: string): Sign {
  if (cause === "http_response_header_section_size") return "head-too-large";
  if (cause === "http_response_header_size") return "field-too-large";
  if (cause === "http_response_trailer_section_size") return "endless-trailer";
  if (cause === "http_response_transfer_coding")
    return details.startsWith("a trailer") ? "broken-trailer" : "broken-chunk";
  return details.includes("interim") ? "interim-flood" : "not-http";
}

function ofError(error: Error): Found {
  const alert = alertOf(error);
  if (alert) {
    const says = `the upstream ended the session with the TLS alert ${alert["alert-id"]} (${alert["alert-message"]})`;
    return {
      sign: alert["alert-id"] === 116 ? "client-certificate-wanted" : "handshake-alert",
      cause: "tls_alert_received",
      says,
    };
  }
  const code = "code" in error ? String(error.code) : "";
  if (isCertificateCode(code))
    return { sign: "certificate-rejected", cause: "tls_certificate_error", says: error.message };
  if (code.startsWith("ERR_SSL_"))
    return { sign: "handshake-garbled", cause: "tls_protocol_error", says: error.message };
  return { sign: "reset-without-answer", cause: "connection_terminated", says: error.message };
}
