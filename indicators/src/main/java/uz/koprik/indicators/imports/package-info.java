/** Files of other makers turned into objects and values, a row at a time, each with the place it came from. */
package uz.koprik.indicators.imports;
