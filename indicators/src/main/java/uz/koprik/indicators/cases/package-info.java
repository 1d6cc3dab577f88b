/** Case files: what an investigation knows, kept as a STIX incident that never leaves the centre. */
package uz.koprik.indicators.cases;
