/** Redaction: an object without its stricter parts, as a new object (STIX 2.1, section 7.2.3). */
package uz.koprik.indicators.stix.redaction;
