/**
 * Which of several gateways of one centre does work that only one may do at a time, and what it leaves for the next
 * one. Independent of backends: a backend implements {@link uz.koprik.indicators.store.lease.Register}.
 */
package uz.koprik.indicators.store.lease;
