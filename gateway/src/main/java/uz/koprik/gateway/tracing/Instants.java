package uz.koprik.gateway.tracing;

import java.time.Instant;

/** Times of spans. */
final class Instants {

    private Instants() {}

    /** Nanoseconds since the epoch. */
    static long now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000 + now.getNano();
    }
}
