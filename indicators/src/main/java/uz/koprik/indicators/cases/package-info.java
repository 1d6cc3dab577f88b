/**
 * Case files: what an investigation knows, kept as a STIX incident that never leaves the centre; and what an analyst
 * makes of one to be shared, which are objects of their own that know nothing of the case.
 */
package uz.koprik.indicators.cases;
