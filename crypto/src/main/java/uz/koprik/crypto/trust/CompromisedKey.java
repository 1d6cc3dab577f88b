package uz.koprik.crypto.trust;

import java.time.Instant;

/**
 * A former key of a centre that somebody else may hold, as the centre says on its card.
 *
 * @param kid RFC 7638 thumbprint of the key
 * @param since nothing counts that was first seen with it at or after this moment
 */
public record CompromisedKey(String kid, Instant since) {}
