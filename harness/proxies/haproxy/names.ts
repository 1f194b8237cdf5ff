/** The name of a route's frontend, backend and resolvers: what stands in every line that HAProxy writes of it. */
export function routeName(index: number): string {
  return `route_${index + 1}`;
}

/** Where a route shows its own certificate: certificate and key in one file, as HAProxy wants them. */
export function identityFile(index: number): string {
  return `identity_${index + 1}.pem`;
}
