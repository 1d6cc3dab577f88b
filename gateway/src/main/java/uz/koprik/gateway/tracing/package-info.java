/**
 * Traces of objects for an OpenTelemetry collector. Only {@code OpenTelemetryTracing} and its helpers know that
 * library.
 */
package uz.koprik.gateway.tracing;
