/** Where a value was met before, and why that is believed. */
package uz.koprik.indicators.correlation;
