/**
 * MISP core JSON (misp-standard.org) to STIX 2.1 and back. The mapping is data: {@code AttributeTypes},
 * {@code ObjectTemplates} and {@code GalaxyTypes}; docs/formats/misp.md says it in words and is tested against them.
 */
package uz.koprik.indicators.translate.misp;
