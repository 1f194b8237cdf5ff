/** A piece of configuration, as Envoy reads it from JSON. */
export type Settings = { readonly [name: string]: Setting };
export type Setting = string | number | boolean | Settings | readonly Setting[];

/** An extension's configuration, which has to say what it is. */
export function typed(type: string, settings: Settings = {}): Settings {
  return { "@type": `type.googleapis.com/envoy.${type}`, ...settings };
}

/** Protobuf's JSON form of a duration. */
export function duration(milliseconds: number): string {
  return `${milliseconds / 1_000}s`;
}
