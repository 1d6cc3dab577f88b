/** The journal of a store: records, files of records, and what is known to be durable. */
package uz.koprik.indicators.store.journal;
