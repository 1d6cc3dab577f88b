/**
 * Signature algorithms, one file each; {@link uz.koprik.crypto.algorithm.SignatureAlgorithms} is the only list.
 *
 * <p>An algorithm turns keys and messages into bytes and back. Who owns a key and when it may be used is judged
 * elsewhere.
 */
package uz.koprik.crypto.algorithm;
