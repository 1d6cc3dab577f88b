/**
 * Where accepted objects are kept: one append-only sequence, and the views over it. {@link
 * uz.koprik.indicators.store.Store} is the only interface; each backend has a folder of its own.
 */
package uz.koprik.indicators.store;
