/** The name of a route's frontend, backend and resolvers: what stands in every line that HAProxy writes of it. */
export function routeName(index: number): string {
  return `route_${index + 1}`;
}
