package uz.koprik.crypto;

import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Encoded points of the curve of Ed25519 (RFC 8032, section 5.1.2). Not for signatures: those have their verifier. */
public final class Ed25519Point {

    private Ed25519Point() {}

    /** Whether 32 bytes encode a point of the curve, as every public key does and half of all random texts do. */
    public static boolean isOnCurve(byte[] encoded) {
        return encoded.length == 32 && Ed25519.validatePublicKeyPartial(encoded, 0);
    }
}
