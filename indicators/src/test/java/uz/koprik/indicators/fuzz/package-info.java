/**
 * What strangers may send, as Jazzer makes it up: one class a target, run by {@link uz.koprik.indicators.fuzz.FuzzTest}
 * in processes of their own. Every exception that a target lets out is a finding, as is an input that takes over a
 * second.
 */
package uz.koprik.indicators.fuzz;
