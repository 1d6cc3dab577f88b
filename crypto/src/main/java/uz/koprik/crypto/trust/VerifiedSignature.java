package uz.koprik.crypto.trust;

import java.time.Instant;

/**
 * A signature that held.
 *
 * @param centre name of the centre whose key it is, from the trust list
 * @param kid RFC 7638 thumbprint of the key
 * @param alg JOSE name of the algorithm
 * @param issuedAt what the signer says the time was ({@code iat})
 */
public record VerifiedSignature(String centre, String kid, String alg, Instant issuedAt) {}
