/**
 * What a STIX pattern means to observed data (STIX 2.1 section 9):
 * {@link uz.koprik.indicators.pattern.match.CompiledPattern} tests one pattern,
 * {@link uz.koprik.indicators.pattern.match.PatternIndex} very many at once.
 *
 * <p>Patterns and observed data come from strangers: all work is counted, and a match that would take too much of it
 * ends with an error instead of taking the process down.
 */
package uz.koprik.indicators.pattern.match;
