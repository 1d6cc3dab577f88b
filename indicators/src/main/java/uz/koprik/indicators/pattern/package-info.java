/**
 * The STIX patterning language (STIX 2.1 section 9): from text to an immutable syntax tree and back to normal form.
 *
 * <p>What a pattern means to a set of observations is not decided here but in {@code match}.
 */
package uz.koprik.indicators.pattern;
