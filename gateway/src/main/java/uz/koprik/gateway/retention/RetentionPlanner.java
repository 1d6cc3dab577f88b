package uz.koprik.gateway.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.gateway.agreements.AgreementBook;
import uz.koprik.gateway.agreements.DamagedAgreements;
import uz.koprik.gateway.config.RetentionConfig;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.indicators.correlation.Correlator;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.stix.Countersignature;
import uz.koprik.indicators.stix.SharingGroup;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.Selection;
import uz.koprik.indicators.store.StoreUnavailable;

/** Finds what is due, by which rule, and what a legal hold stops. Reads the whole sequence; blocks. */
final class RetentionPlanner {

    /** What the centre needs to read its other objects, and the proof of objects, which stays. */
    private static final Set<String> KEPT_TYPES =
            Set.of("marking-definition", "extension-definition", SharingGroup.TYPE, Countersignature.TYPE);

    private static final int PAGE = 1000;

    private final InternalStore store;
    private final Correlator correlator;
    private final AgreementBook agreements;
    private final LegalHolds holds;
    private final Trust trust;
    private final RetentionConfig config;
    private final InstantSource clock;

    RetentionPlanner(
            InternalStore store,
            Correlator correlator,
            AgreementBook agreements,
            LegalHolds holds,
            Trust trust,
            RetentionConfig config,
            InstantSource clock) {
        this.store = store;
        this.correlator = correlator;
        this.agreements = agreements;
        this.holds = holds;
        this.trust = trust;
        this.config = config;
        this.clock = clock;
    }

    /** All that is due at {@code moment} by the agreements and settings of now, the earliest first. */
    List<DueObject> due(Instant moment) throws StoreUnavailable {
        List<DueObject> found = due(candidates(moment), moment, reach());
        found.sort(Comparator.comparing((DueObject one) -> one.due().at()).thenComparing(DueObject::id));
        return found;
    }

    /** The ids of all that can be due at {@code moment}, and of some more; what is not among them is not due. */
    Set<String> candidates(Instant moment) throws StoreUnavailable {
        RetentionRules rules = rules();
        Optional<Integer> shortest = rules.shortest();
        if (shortest.isEmpty()) {
            return Set.of();
        }
        Instant newest = moment.minus(Duration.ofDays(shortest.get()));
        Set<String> candidates = new LinkedHashSet<>();
        Selection latest = Selection.all(Audience.HOUSEKEEPING);
        boolean more = true;
        long after = 0;
        while (more) {
            Page page = store.page(latest, after, PAGE);
            for (Entry entry : page.entries()) {
                if (!received(entry).isAfter(newest)
                        && rules.of(KeptObject.of(entry))
                                .filter(end -> end.by(moment))
                                .isPresent()) {
                    candidates.add(entry.facts().id());
                }
            }
            after = page.nextAfter();
            more = page.more();
        }
        return candidates;
    }

    /** Those of the objects that are due at {@code moment}, by what they and the rules are now, in their order. */
    List<DueObject> due(Collection<String> ids, Instant moment, HoldReach held) throws StoreUnavailable {
        RetentionRules rules = rules();
        List<String> all = List.copyOf(ids);
        List<DueObject> found = new ArrayList<>();
        for (int from = 0; from < all.size(); from += PAGE) {
            Map<String, List<Entry>> some = store.statements(all.subList(from, Math.min(all.size(), from + PAGE)));
            Map<String, DueTime> ends = new LinkedHashMap<>();
            some.forEach((id, statements) ->
                    end(statements, rules).filter(end -> end.by(moment)).ifPresent(end -> ends.put(id, end)));
            Map<String, LegalHold> stopped = held.stops(ends.keySet(), store, some);
            ends.forEach((id, end) -> found.add(due(some.get(id), end, Optional.ofNullable(stopped.get(id)))));
        }
        return found;
    }

    /** When the time of an object with these statements ends; empty when it is kept, or is not in view. */
    private Optional<DueTime> end(List<Entry> statements, RetentionRules rules) {
        return statements.stream().anyMatch(entry -> needed(entry).isPresent())
                ? Optional.empty()
                : rules.ofAll(statements.stream().map(KeptObject::of).toList());
    }

    private static DueObject due(List<Entry> statements, DueTime end, Optional<LegalHold> hold) {
        return new DueObject(
                statements.getFirst().facts().id(),
                statements.getFirst().facts().type(),
                end.at().minus(Duration.ofDays(end.rule().days())),
                end,
                terms(statements),
                hold);
    }

    /** The release terms of entries, each once. */
    static List<ReleaseTerms> terms(Collection<Entry> entries) {
        return entries.stream().map(Entry::release).distinct().toList();
    }

    /** The ids of what came into view after an entry. */
    Set<String> since(long seq) throws StoreUnavailable {
        Set<String> ids = new HashSet<>();
        Selection latest = Selection.all(Audience.HOUSEKEEPING);
        Page page;
        for (long after = seq; ; after = page.nextAfter()) {
            page = store.page(latest, after, PAGE);
            page.entries().forEach(entry -> ids.add(entry.facts().id()));
            if (!page.more()) {
                return ids;
            }
        }
    }

    private RetentionRules rules() throws StoreUnavailable {
        try {
            return new RetentionRules(
                    config, AgreedRetention.of(agreements.everyone(), agreements::names, clock.instant()));
        } catch (DamagedAgreements damaged) {
            throw new StoreUnavailable(damaged.getMessage() + "; nothing is erased meanwhile", damaged);
        }
    }

    /** What is under a legal hold now. */
    HoldReach reach() throws StoreUnavailable {
        return HoldReach.of(holds.active(), store, correlator);
    }

    /** The same; {@code before} when no hold and no case under one has changed since. */
    HoldReach reach(HoldReach before) throws StoreUnavailable {
        List<LegalHold> active = holds.active();
        return before.isOf(active, store) ? before : HoldReach.of(active, store, correlator);
    }

    /** Why the centre needs an object of any age, in words; empty when it does not. */
    Optional<String> needed(Entry entry) {
        String type = entry.facts().type();
        if (entry.facts().unit().isPresent()) {
            return Optional.of("it is a case file");
        }
        if (KEPT_TYPES.contains(type)) {
            return Optional.of("other objects cannot be read or proven without a " + type);
        }
        return type.equals("identity") && trust.producer(entry.facts().id()).isPresent()
                ? Optional.of("it is the identity of a centre on the trust list")
                : Optional.empty();
    }

    /** When the version that an entry holds was stored here first. */
    static Instant received(Entry entry) {
        return Instant.EPOCH.plus(entry.firstAdded(), ChronoUnit.MICROS);
    }
}
