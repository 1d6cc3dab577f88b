/**
 * Which kinds of values, families, producers and regions are reported more or less often than they used to be. Counts
 * of objects per day, compared with their own past; nothing here is about persons.
 */
package uz.koprik.indicators.bursts;
