/**
 * What STIX 2.1 demands of an object, as tables: one line a property, one table a type, one short check for every rule
 * between properties. {@link uz.koprik.indicators.stix.rules.Rulebook} is the list of all types.
 */
package uz.koprik.indicators.stix.rules;
