/**
 * Bytes in, proof out: detached JWS signatures over canonical JSON, and what is needed to judge them.
 *
 * <p>Nothing here knows STIX, HTTP or storage. Bouncy Castle is used in this module only.
 */
package uz.koprik.crypto;
