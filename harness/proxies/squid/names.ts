/** The name of a route's port, of its access list, and the beginning of its peers' names. */
export function routeName(index: number): string {
  return `route_${index + 1}`;
}

export function peerName(index: number, place: number): string {
  return `${routeName(index)}_${place + 1}`;
}

/** Where a process writes what belongs to no route. @param service its name */
export function cacheLog(service: string): string {
  return `cache-${service}.log`;
}

export function isCacheLog(name: string): boolean {
  return /^cache-\d+\.log$/.test(name);
}
