import type { Tracer } from '@opentelemetry/api';
import { setGlobalErrorHandler } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
  serviceNameEnvDetector,
} from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { TracesConfig } from './traces-config';

/** Spans on their way to the collector. */
export interface TraceExport {
  tracer: Tracer;
  /** Sends what is left; gives up after the exporter's own time limit. */
  stop(): Promise<void>;
}

/**
 * Sends spans to the collector in batches, as OTLP over HTTP in JSON. Loaded only when traces are wanted. Where to, with which headers and
 * under which name the libraries read from the standard variables themselves.
 */
export function exportTraces(config: TracesConfig, onFailure: (reason: string) => void): TraceExport {
  setGlobalErrorHandler((failure) => onFailure(failure instanceof Error ? failure.message : 'unknown'));
  const provider = new TracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': 'voxreach' }))
      .merge(detectResources({ detectors: [resourceAttributesEnvDetector, serviceNameEnvDetector] })),
    sampler: samplerOf(config),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  return { tracer: provider.getTracer('voxreach'), stop: () => provider.shutdown() };
}

function samplerOf({ sampler, ratio }: TracesConfig): Sampler {
  const root = {
    always_on: () => new AlwaysOnSampler(),
    always_off: () => new AlwaysOffSampler(),
    traceidratio: () => new TraceIdRatioBasedSampler(ratio),
  }[sampler.replace('parentbased_', '') as 'always_on' | 'always_off' | 'traceidratio']();
  return sampler.startsWith('parentbased_') ? new ParentBasedSampler({ root }) : root;
}
