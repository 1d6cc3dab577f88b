/**
 * Files of STIX judged object by object: what {@code koprik validate} does. The rules themselves are in
 * {@code stix.rules}; nothing is stored, and nothing has to fit into memory but one object.
 */
package uz.koprik.indicators.validation;
