/**
 * Indicators for machines that do not speak STIX: tables, rules of detection systems, block lists, MISP. Values come
 * from partners and are hostile until proven otherwise: nothing here lets one end a cell, a line or a rule.
 */
package uz.koprik.indicators.translate.export;
