/**
 * JSON with one reading only: a strict parser, the values it yields, and their canonical form (RFC 8785).
 *
 * <p>Two readings of one text are a forged signature, so everything that other parsers read differently is refused
 * here. No STIX, no HTTP, no data binding lives in this package.
 */
package uz.koprik.crypto.json;
