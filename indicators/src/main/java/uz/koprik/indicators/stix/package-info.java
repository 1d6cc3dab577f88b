/**
 * STIX 2.1 objects as centres exchange them: read strictly, kept in their producer's own bytes, written in canonical
 * form and signed. {@link uz.koprik.indicators.stix.StixReader} is the way in; the rules a type are in {@code rules}.
 */
package uz.koprik.indicators.stix;
