package uz.koprik.gateway.intake;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.intake.Outcome.Status;

/** What became of everything offered since start, per source: for metrics. Safe for use by many threads at once. */
public final class IntakeMeters {

    private final ConcurrentMap<Key, LongAdder> byStatus = new ConcurrentHashMap<>();
    private final ConcurrentMap<RefusalKey, LongAdder> byCode = new ConcurrentHashMap<>();
    private final LongAdder equivocations = new LongAdder();
    private final LongAdder contested = new LongAdder();
    private final LongAdder evidenceNotKept = new LongAdder();

    /**
     * Who submitted it, and its status.
     *
     * @param partner whether {@code source} names a partner rather than an account
     */
    public record Key(String source, boolean partner, Status status) {}

    /** Who submitted it, and why it was refused. */
    public record RefusalKey(String source, boolean partner, Refusal.Code code) {}

    IntakeMeters() {}

    void count(Source source, List<Outcome> outcomes) {
        Map<Status, Long> statuses = new EnumMap<>(Status.class);
        Map<Refusal.Code, Long> codes = new EnumMap<>(Refusal.Code.class);
        for (Outcome outcome : outcomes) {
            statuses.merge(outcome.status(), 1L, Long::sum);
            outcome.refusal().ifPresent(refusal -> codes.merge(refusal.code(), 1L, Long::sum));
        }
        boolean partner = source instanceof Source.Partner;
        statuses.forEach((status, n) -> add(byStatus, new Key(source.name(), partner, status), n));
        codes.forEach((code, n) -> add(byCode, new RefusalKey(source.name(), partner, code), n));
        equivocations.add(codes.getOrDefault(Refusal.Code.EQUIVOCATION, 0L));
    }

    private static <K> void add(ConcurrentMap<K, LongAdder> counters, K key, long n) {
        counters.computeIfAbsent(key, k -> new LongAdder()).add(n);
    }

    /** How many objects of each source came to what. */
    public Map<Key, Long> outcomes() {
        return sums(byStatus);
    }

    /** How many objects of each source were refused for what. */
    public Map<RefusalKey, Long> refusals() {
        return sums(byCode);
    }

    /** How often two different objects came under one id and version: any number but 0 needs a person to look. */
    public long equivocations() {
        return equivocations.sum();
    }

    void contested() {
        contested.increment();
    }

    /** How often an object came under the id of another creator's: any number but 0 needs a person to look. */
    public long contestedIds() {
        return contested.sum();
    }

    void evidenceNotKept() {
        evidenceNotKept.increment();
    }

    /** How many contradicting objects were refused without being kept as evidence, since there was no room. */
    public long withoutEvidence() {
        return evidenceNotKept.sum();
    }

    private static <K> Map<K, Long> sums(ConcurrentMap<K, LongAdder> counters) {
        Map<K, Long> sums = new java.util.HashMap<>();
        counters.forEach((key, n) -> sums.put(key, n.sum()));
        return sums;
    }
}
