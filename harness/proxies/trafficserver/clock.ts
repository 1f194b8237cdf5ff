/** Its clocks know whole seconds, rounded up here; what is off becomes a day. */
export function seconds(milliseconds: number): number {
  return milliseconds === 0 ? 86_400 : Math.ceil(milliseconds / 1_000);
}
