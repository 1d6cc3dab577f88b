/**
 * Sentences for people that programs can distinguish: each has a stable word and the values that it names. The console
 * says them in the language of the reader.
 */
package uz.koprik.indicators.wording;
