/**
 * What STIX 2.1 demands of an object, as tables: one line per property, one table per type, one short check for every
 * rule between properties. The tables are in {@code types}.
 */
package uz.koprik.indicators.stix.rules;
