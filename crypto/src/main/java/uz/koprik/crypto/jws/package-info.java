/** Detached JWS signatures (RFC 7515, appendix F) over canonical JSON: how they are made and read. */
package uz.koprik.crypto.jws;
