/** Where a value was found before, and why that is believed. */
package uz.koprik.indicators.correlation;
