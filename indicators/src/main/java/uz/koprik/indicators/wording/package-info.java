/** Sentences for people that programs can distinguish: each has a stable word and the values that it names. */
package uz.koprik.indicators.wording;
