package uz.koprik.gateway.retention;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import uz.koprik.indicators.policy.ReleaseTerms;

/**
 * An object whose time ends.
 *
 * @param type STIX type
 * @param received when its latest version was first stored; of several statements that of the last one to end
 * @param due by which rule and when
 * @param terms release terms of its statements in view, each once
 * @param hold what stops its erasure; empty when nothing does
 */
public record DueObject(
        String id, String type, Instant received, DueTime due, List<ReleaseTerms> terms, Optional<LegalHold> hold) {

    public DueObject {
        terms = List.copyOf(terms);
    }
}
