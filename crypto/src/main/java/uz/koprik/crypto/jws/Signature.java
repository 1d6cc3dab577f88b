package uz.koprik.crypto.jws;

/**
 * One detached JWS (RFC 7515, appendix F): everything of the compact form but the payload.
 *
 * @param protectedHeader base64url of the protected header, exactly as signed
 * @param signature base64url of the signature bytes
 */
public record Signature(String protectedHeader, String signature) {}
