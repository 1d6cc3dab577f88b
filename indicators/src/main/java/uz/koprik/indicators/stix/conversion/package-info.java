/**
 * STIX 2.0 objects turned into STIX 2.1, on explicit request only and with every change said.
 * {@link uz.koprik.indicators.stix.conversion.Stix20} is the way in; nothing here is used at intake.
 */
package uz.koprik.indicators.stix.conversion;
