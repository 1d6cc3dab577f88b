/**
 * Who of several gateways of one centre does something that only one may do at a time, and what it leaves for whoever is next.
 * Knows of no backend: a {@link uz.koprik.indicators.store.lease.Register} is what one must offer.
 */
package uz.koprik.indicators.store.lease;
