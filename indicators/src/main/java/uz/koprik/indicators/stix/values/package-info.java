/** Values that STIX 2.1 defines for all objects: identifiers, timestamps, and the extension that holds signatures. */
package uz.koprik.indicators.stix.values;
