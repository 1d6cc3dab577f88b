package uz.koprik.gateway.feeds;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Until when the TLS certificates are valid that partners showed since the start. Safe for use by many threads. */
final class SeenCertificates {

    private final Map<String, Instant> ends = new ConcurrentHashMap<>();

    void saw(String partner, Instant end) {
        ends.put(partner, end);
    }

    Optional<Instant> endOf(String partner) {
        return Optional.ofNullable(ends.get(partner));
    }
}
