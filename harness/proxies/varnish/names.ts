/** The name of a route's listener and the beginning of its backends' names. */
export function routeName(index: number): string {
  return `route_${index + 1}`;
}

/** A backend of a route, counted from 0. */
export function backendName(index: number, place: number): string {
  return `${routeName(index)}_${place + 1}`;
}

/** A listener besides those of the routes. Who asks there learns that all that was said before has been written down. */
export const markerName = "marker";
export const markerSocket = "marker.sock";
