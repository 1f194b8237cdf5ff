import { isIP } from "node:net";
import type { Plan } from "../../plan.ts";
import { isName, parse } from "./destination.ts";
import { type Settings, typed } from "./typed.ts";

/** TLS towards the upstreams of a route; nothing when they speak none. @throws Error when only some of them do */
export function transportSocket({ upstreams, trust }: Plan): Settings {
  const destinations = upstreams.map(parse);
  const [first] = destinations;
  if (!first) return {};
  if (destinations.some(({ tls }) => tls !== first.tls))
    throw new Error(`envoy: upstreams of one route want one scheme, got ${upstreams.join(", ")}`);
  if (!first.tls) return {};
  const name = trust.serverName ?? first.host;
  const context = typed("extensions.transport_sockets.tls.v3.UpstreamTlsContext", {
    // SNI holds names only (RFC 6066 §3).
    ...(isName(name) && { sni: name }),
    common_tls_context: {
      tls_params: { tls_minimum_protocol_version: "TLSv1_2", tls_maximum_protocol_version: "TLSv1_3" },
      ...(trust.identity && {
        tls_certificates: [
          {
            certificate_chain: { filename: trust.identity.certificate },
            private_key: { filename: trust.identity.key },
          },
        ],
      }),
      validation_context: {
        trusted_ca: { filename: trust.ca },
        // The authority alone would take every certificate of it for the upstream's.
        ...(name !== undefined && { match_typed_subject_alt_names: [subject(name)] }),
      },
    },
  });
  return { transport_socket: { name: "envoy.transport_sockets.tls", typed_config: context } };
}

function subject(name: string): Settings {
  return { san_type: isIP(name) === 0 ? "DNS" : "IP_ADDRESS", matcher: { exact: name } };
}
