package uz.koprik.crypto.trust;

import java.time.Instant;

/**
 * A centre that was removed from the trust list. What was first seen before stays provable; nothing new is taken.
 *
 * @param centre as it was on the list, without roles, TLS pins and endpoint
 * @param removed when it was removed
 */
public record RetiredCentre(TrustedCentre centre, Instant removed) {}
