/**
 * Where accepted objects are kept: one append-only sequence, and the views over it.
 * {@link uz.koprik.indicators.store.Store} is the interface for answers, where every read names its audience;
 * {@link uz.koprik.indicators.store.InternalStore} adds writing and reads for the centre itself. Each backend has a
 * folder of its own.
 */
package uz.koprik.indicators.store;
