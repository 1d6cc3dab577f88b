/** How text becomes words, the same for every backend. Apache Lucene does the dividing and folding. */
package uz.koprik.indicators.store.words;
