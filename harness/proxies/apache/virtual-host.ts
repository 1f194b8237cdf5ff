import type { Route } from "../../driver.ts";
import type { HealthCheck, Plan } from "../../plan.ts";
import { identityFile } from "../program/identity.ts";
import { workerSettings, workerUrl } from "./upstream.ts";

/** All that belongs to one route. */
export function virtualHost({ plan, host, port, log }: Route, index: number): string {
  const lines = [
    `ServerName ${host}`,
    `ErrorLog ${log}`,
    // mod_ssl tells why it rejects a certificate as mere information.
    "LogLevel notice proxy:info proxy_http:info proxy_balancer:info proxy_hcheck:info ssl:info http:info",
    `CustomLog ${log} access`,
    ...(plan.upstreams.some((url) => url.startsWith("https:")) ? verification(plan, index) : ["ProxyPreserveHost On"]),
    ...passing(plan, `balancer://route_${index + 1}`),
  ];
  return `Listen ${host}:${port}
<VirtualHost ${host}:${port}>
${lines.map((line) => `  ${line}`).join("\n")}
</VirtualHost>
`;
}

/** One upstream is passed to as it is; several, those that are asked how they are, and none at all, through a balancer. */
function passing(plan: Plan, balancer: string): string[] {
  const { upstreams, retries, health } = plan;
  const [only, ...others] = upstreams;
  if (only !== undefined && others.length === 0 && !health)
    return [`ProxyPass / ${workerUrl(only)}/ ${workerSettings(plan)}`];
  return [
    // Out of the box a redirect would do as well.
    ...(health ? ["ProxyHCExpr good {%{REQUEST_STATUS} =~ /^2/}"] : []),
    `<Proxy ${balancer}>`,
    ...upstreams.map((url) => `  BalancerMember ${workerUrl(url)} ${workerSettings(plan)}${asked(health)}`),
    `  ProxySet lbmethod=byrequests maxattempts=${retries}`,
    "</Proxy>",
    `ProxyPass / ${balancer}/`,
  ];
}

/** The watchdog that sends the checks looks ten times a second. */
const watchdog = 100;

function asked(health: HealthCheck | undefined): string {
  if (!health) return "";
  const { path, every, rise = 1, fall = 1 } = health;
  return ` hcmethod=GET hcuri=${path} hcexpr=good hcinterval=${Math.max(every, watchdog)}ms hcpasses=${rise} hcfails=${fall}`;
}

/**
 * SNI and the name that is verified are the host of the upstream's URL, or what the client has put into Host if that is
 * passed on, and no directive sets another. So an upstream that is reached by its address, though its certificate holds
 * a name, is met as it is in production: verified but for its name.
 */
function verification({ trust, upstreams }: Plan, index: number): string[] {
  const nameless =
    trust.serverName !== undefined && upstreams.some((url) => new URL(url).hostname !== trust.serverName);
  return [
    `ProxyPreserveHost ${nameless ? "On" : "Off"}`,
    "SSLProxyEngine On",
    "SSLProxyVerify require",
    "SSLProxyVerifyDepth 10",
    `SSLProxyCACertificateFile ${trust.ca}`,
    "SSLProxyProtocol -all +TLSv1.2 +TLSv1.3",
    `SSLProxyCheckPeerName ${nameless ? "Off" : "On"}`,
    ...(nameless ? ["SSLProxyCheckPeerCN Off"] : []),
    ...(trust.identity ? [`SSLProxyMachineCertificateFile \${ground}/${identityFile(index)}`] : []),
  ];
}
