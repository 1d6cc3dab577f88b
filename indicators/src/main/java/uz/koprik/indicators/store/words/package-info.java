/**
 * How text becomes words and is found again, the same for every backend. Apache Lucene and ICU do the dividing and
 * folding.
 */
package uz.koprik.indicators.store.words;
