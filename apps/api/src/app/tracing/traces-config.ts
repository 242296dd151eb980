/** The samplers of OTEL_TRACES_SAMPLER, as OpenTelemetry's specification has them. */
export const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

/** Which traces are kept. */
export interface TracesConfig {
  readonly sampler: (typeof SAMPLERS)[number];
  /** Part of the traces, 0 to 1, for the samplers that take one. */
  readonly ratio: number;
}
