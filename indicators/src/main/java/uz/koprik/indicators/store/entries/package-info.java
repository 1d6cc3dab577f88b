/**
 * Rows in memory over the records of a store, the same for every backend: which version of an object is in view, which
 * reader sees it, and how pages and searches are cut.
 */
package uz.koprik.indicators.store.entries;
