/**
 * Values by which incidents are recognised again: what kinds there are, when two spellings are the same value, and how
 * they are found in STIX objects, patterns and free text.
 */
package uz.koprik.indicators.observable;
