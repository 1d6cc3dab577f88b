/**
 * The rules of each STIX 2.1 type, as tables. {@link uz.koprik.indicators.stix.rules.types.Rulebook} is the list of all
 * types.
 */
package uz.koprik.indicators.stix.rules.types;
