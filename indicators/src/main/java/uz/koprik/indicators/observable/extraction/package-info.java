/** Observables in STIX objects and in the comparisons of patterns. */
package uz.koprik.indicators.observable.extraction;
