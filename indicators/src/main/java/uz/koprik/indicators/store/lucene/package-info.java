/**
 * The embedded store: a journal of its own that is the truth, compact rows in memory, and an Apache Lucene index as a
 * view.
 *
 * <p>Everything but the journal can be thrown away and is made again from it. Nothing outside this package and
 * {@code store.words} knows Lucene.
 */
package uz.koprik.indicators.store.lucene;
