/**
 * Taking back what was given: signed recalls of producers, the receipts of those who have the object, and how both
 * travel between partners (docs/recall.md).
 */
package uz.koprik.gateway.recalls;
