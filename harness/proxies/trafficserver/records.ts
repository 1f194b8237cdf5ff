import { join } from "node:path";
import { seconds } from "./clock.ts";
import { bufferSize } from "./log.ts";
import type { Process } from "./process.ts";

/** `records.config` of one process. @param folder with the rules that all of them share */
export function records({ routes }: Process, folder: string): string {
  const [first] = routes;
  if (!first) return "";
  const { trust, resolver, timers, upstreams } = first.plan;
  const settings = {
    "http.server_ports": routes.map(({ host, port }) => `${port}:ip-in=${host}`).join(" "),
    "url_remap.filename": join(folder, "remap.config"),
    "http.parent_proxy.file": join(folder, "parent.config"),
    "http.cache.http": 0,
    "url_remap.remap_required": 1,
    "url_remap.pristine_host_hdr": 1,
    // Whoever starts it: as root it would rather be somebody else, to whom the folders it needs are closed.
    "admin.user_id": "#-1",
    // One thread looks after all connections: one that is kept would belong to one of several.
    "exec_thread.autoconfig": 0,
    "exec_thread.limit": 1,
    // No failure answers for the next request. One try "for a dead server" is none after the first.
    "http.down_server.cache_time": 0,
    "http.connect_attempts_max_retries_dead_server": 1,
    // A name that stands for several upstreams is nobody's.
    "http.no_dns_just_forward_to_parent": upstreams.length > 1 ? 1 : 0,
    "http.parent_proxy.per_parent_connect_attempts": 1,
    "http.parent_proxy.fail_threshold": 1_000_000,
    // The clocks towards the client are not the subject, and must not run out first.
    "http.transaction_no_activity_timeout_in": 3_600,
    "http.transaction_active_timeout_in": 3_600,
    "ssl.client.CA.cert.filename": trust.ca,
    // One question for each request: no answer, good or bad, is kept longer than it says.
    "dns.resolv_conf": "NULL",
    "dns.search_default_domains": 0,
    "dns.retries": 0,
    "dns.lookup_timeout": seconds(timers.resolve),
    "hostdb.lookup_timeout": seconds(timers.resolve),
    "hostdb.ttl_mode": 0,
    "hostdb.fail.timeout": 0,
    ...(resolver !== undefined && { "dns.nameservers": resolver }),
    // Its own name and address are told: it would ask the system's resolver for them.
    "log.hostname": "gateway.invalid",
    "log.log_buffer_size": bufferSize,
    "log.logging_enabled": 3,
    crash_log_helper: "NULL",
    ...toStandardError,
  };
  return Object.entries(settings)
    .map(([name, value]) => `CONFIG proxy.config.${name} ${typeof value === "number" ? "INT" : "STRING"} ${value}\n`)
    .concat(`LOCAL proxy.local.incoming_ip_to_bind STRING ${first.host}\n`)
    .join("");
}

/** Besides the file; what goes to standard output comes when it ends. */
const toStandardError = Object.fromEntries(
  ["warning", "error", "fatal", "alert", "emergency"].map((level) => [`diags.output.${level}`, "EL"]),
);
