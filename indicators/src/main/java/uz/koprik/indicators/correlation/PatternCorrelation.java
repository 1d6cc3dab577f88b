package uz.koprik.indicators.correlation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import uz.koprik.indicators.correlation.ValueMatch.Rule;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Search;
import uz.koprik.indicators.store.Store;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;

/**
 * The rule that a pattern matches observed data, for one batch: indicators are tested against stored observed data,
 * observed data against the patterns that the book finds, and objects that earlier observed data name lead to those
 * data. One observed-data object at a time: what a pattern demands of several is not looked for.
 */
final class PatternCorrelation {

    /** How many patterns are listed for one observed-data object. */
    private static final int MOST_PATTERNS = 20;

    /** How many indicators are tested for one observed-data object. */
    private static final int MOST_TESTED = 1000;

    /** To how many earlier observed-data objects the new objects of a batch lead. */
    private static final int MOST_BROUGHT = 100;

    private final Store store;
    private final PatternCache book;
    private final Audience audience;
    private final Predicate<Observable> silenced;
    private final long now;
    private final int told;
    private final ObservedCandidates candidates;
    private final Map<String, StixObject> batch = new HashMap<>();
    private final Map<String, Optional<ObservationMatcher>> read = new HashMap<>();

    /**
     * @param audience what the asker may see: nothing else is matched, referred to or counted
     * @param silenced whether a value is on a warning list
     * @param now microseconds since the epoch
     * @param told how many of the matching objects are listed
     */
    PatternCorrelation(
            Store store, PatternCache book, Audience audience, Predicate<Observable> silenced, long now, int told) {
        this.store = store;
        this.book = book;
        this.audience = audience;
        this.silenced = silenced;
        this.now = now;
        this.told = told;
        this.candidates = new ObservedCandidates(store, audience);
    }

    /** The matches of those subjects that have any, by their ids. */
    Map<String, List<ValueMatch>> matches(List<CorrelationSubject> subjects) throws StoreUnavailable {
        if (!book.observed()) {
            return Map.of();
        }
        Map<String, TestedPattern> patterns = new LinkedHashMap<>();
        List<StixObject> data = new ArrayList<>();
        List<StixObject> parts = new ArrayList<>();
        for (CorrelationSubject subject : subjects) {
            if (subject.object().isPresent()) {
                StixObject object = subject.object().get();
                switch (object.type()) {
                    case "indicator" ->
                        TestedPattern.of(object, !subject.observables().isEmpty())
                                .filter(pattern -> TestedPattern.inForce(object, now))
                                .ifPresent(pattern -> patterns.put(object.id(), pattern));
                    case "observed-data" -> data.add(object);
                    default -> {
                        if (object.version() == StixObject.UNVERSIONED) {
                            parts.add(object);
                        }
                    }
                }
            }
        }
        parts.forEach(part -> batch.put(part.id(), part));
        Map<String, List<ValueMatch>> matches = new HashMap<>();
        for (StixObject one : data) {
            add(matches, one.id(), ofObserved(List.of(one), false));
        }
        ofParts(parts, data, matches);
        ofPatterns(patterns, matches);
        return matches;
    }

    private static void add(Map<String, List<ValueMatch>> matches, String id, List<ValueMatch> found) {
        if (!found.isEmpty()) {
            matches.put(id, found);
        }
    }

    /** What came after the observed data that name it. */
    private void ofParts(List<StixObject> parts, List<StixObject> data, Map<String, List<ValueMatch>> matches)
            throws StoreUnavailable {
        if (parts.isEmpty()) {
            return;
        }
        Set<String> ids = new LinkedHashSet<>();
        parts.forEach(part -> ids.add(part.id()));
        Set<String> here = new HashSet<>();
        data.forEach(one -> here.add(one.id()));
        Search.Result naming = candidates.naming(ids, MOST_BROUGHT);
        Map<String, List<StixObject>> byPart = new LinkedHashMap<>();
        for (Entry entry : naming.entries()) {
            if (!here.contains(entry.facts().id())) {
                StixObject object = StoredObject.stix(entry);
                entry.facts().refs().stream().filter(ids::contains).forEach(ref -> byPart.computeIfAbsent(
                                ref, r -> new ArrayList<>(1))
                        .add(object));
            }
        }
        for (Map.Entry<String, List<StixObject>> one : byPart.entrySet()) {
            add(matches, one.getKey(), ofObserved(one.getValue(), naming.more()));
        }
    }

    /** Indicators whose patterns at least one of the observed data satisfy: one match a pattern, the newest first. */
    private List<ValueMatch> ofObserved(List<StixObject> data, boolean anyMore) throws StoreUnavailable {
        Set<String> seen = new HashSet<>();
        Map<String, List<Entry>> byPattern = new LinkedHashMap<>();
        Map<String, Optional<Observable>> shown = new HashMap<>();
        boolean more = anyMore;
        int tested = 0;
        for (StixObject one : data) {
            Optional<ObservationMatcher> observed = observed(one);
            if (observed.isEmpty()) {
                continue;
            }
            Set<String> ids = new LinkedHashSet<>(book.matching(observed.get().observation()));
            if (!book.whole()) {
                more |= inStore(observed.get(), ids);
            }
            for (String id : ids) {
                if (tested >= MOST_TESTED) {
                    more = true;
                    break;
                }
                Optional<Entry> entry = seen.contains(id) ? Optional.empty() : visible(id);
                if (entry.isPresent()) {
                    tested++;
                    Optional<TestedPattern> pattern =
                            inForce(entry.get()).filter(p -> observed.get().satisfies(p, silenced));
                    if (pattern.isPresent()) {
                        seen.add(id);
                        byPattern
                                .computeIfAbsent(pattern.get().text(), text -> new ArrayList<>(1))
                                .add(entry.get());
                        shown.putIfAbsent(pattern.get().text(), observed.get().shown(pattern.get(), silenced));
                    }
                }
            }
        }
        byPattern
                .values()
                .forEach(entries ->
                        entries.sort(Comparator.comparingLong(Entry::seq).reversed()));
        boolean cut = more || byPattern.size() > MOST_PATTERNS;
        return byPattern.entrySet().stream()
                .sorted(Comparator.comparingLong(
                        found -> -found.getValue().getFirst().seq()))
                .limit(MOST_PATTERNS)
                .map(found -> {
                    List<ValueMatch.MatchedObject> met = told(found.getValue());
                    return match(
                            found.getKey(),
                            shown.get(found.getKey()),
                            found.getValue().size(),
                            cut,
                            met,
                            met.stream().flatMap(one -> one.claim().stream()).toList());
                })
                .toList();
    }

    /**
     * Indicators that name one of the values that were observed, for when not all patterns are in the book; whether
     * there are more.
     */
    private boolean inStore(ObservationMatcher observed, Set<String> ids) throws StoreUnavailable {
        Set<String> keys = new LinkedHashSet<>();
        observed.values().keySet().stream().filter(silenced.negate()).forEach(value -> keys.add(value.key()));
        if (keys.isEmpty()) {
            return false;
        }
        Search.Result carriers = candidates.carrying(keys, Set.of("indicator"));
        carriers.entries().forEach(entry -> ids.add(entry.facts().id()));
        return carriers.more();
    }

    /** Observed data that satisfy the patterns of new indicators: one match an indicator. */
    private void ofPatterns(Map<String, TestedPattern> patterns, Map<String, List<ValueMatch>> matches)
            throws StoreUnavailable {
        Map<String, Set<String>> keys = new LinkedHashMap<>();
        patterns.forEach((id, pattern) -> pattern.anchors().ifPresent(anchors -> {
            Set<String> looked = new LinkedHashSet<>();
            anchors.stream().filter(silenced.negate()).forEach(value -> looked.add(value.key()));
            keys.put(id, looked);
        }));
        Map<String, ObservedCandidates.Some> showing = candidates.showing(keys);
        for (Map.Entry<String, TestedPattern> one : patterns.entrySet()) {
            TestedPattern pattern = one.getValue();
            ObservedCandidates.Some some =
                    pattern.anchors().isPresent() ? showing.get(one.getKey()) : candidates.freshest();
            List<Entry> satisfying = new ArrayList<>();
            Optional<Observable> shown = Optional.empty();
            for (Entry entry : some.entries()) {
                Optional<ObservationMatcher> observed = observed(entry);
                if (observed.isPresent() && observed.get().satisfies(pattern, silenced)) {
                    shown = satisfying.isEmpty() ? observed.get().shown(pattern, silenced) : shown;
                    satisfying.add(entry);
                }
            }
            if (!satisfying.isEmpty()) {
                List<Claim> claims =
                        visible(one.getKey()).map(Description::of).flatMap(ValueMatch.MatchedObject::claim).stream()
                                .toList();
                add(
                        matches,
                        one.getKey(),
                        List.of(match(
                                pattern.text(), shown, satisfying.size(), some.more(), told(satisfying), claims)));
            }
        }
    }

    private ValueMatch match(
            String pattern,
            Optional<Observable> shown,
            long count,
            boolean more,
            List<ValueMatch.MatchedObject> met,
            Collection<Claim> claims) {
        // What indicators claim, in both orders of arrival: observed data only say what was seen.
        Certainty certainty = Certainty.of(Rule.PATTERN, shown.map(Observable::kind), claims, now);
        return new ValueMatch(shown, Rule.PATTERN, shown, count, more, met, certainty, Optional.of(pattern));
    }

    private List<ValueMatch.MatchedObject> told(List<Entry> newestFirst) {
        return newestFirst.stream().limit(told).map(Description::of).toList();
    }

    private Optional<ObservationMatcher> observed(Entry entry) throws StoreUnavailable {
        String id = entry.facts().id();
        return read.containsKey(id) ? read.get(id) : observed(StoredObject.stix(entry));
    }

    private Optional<ObservationMatcher> observed(StixObject data) throws StoreUnavailable {
        if (!read.containsKey(data.id())) {
            read.put(data.id(), ObservationMatcher.of(data, this::part));
        }
        return read.get(data.id());
    }

    private Optional<StixObject> part(String id) throws StoreUnavailable {
        StixObject here = batch.get(id);
        if (here == null) {
            here = visible(id).map(StoredObject::stix).orElse(null);
            if (here != null) {
                batch.put(id, here);
            }
        }
        return Optional.ofNullable(here);
    }

    private Optional<TestedPattern> inForce(Entry entry) {
        StixObject indicator = StoredObject.stix(entry);
        return TestedPattern.inForce(indicator, now)
                ? TestedPattern.of(indicator, !entry.facts().observables().isEmpty())
                : Optional.empty();
    }

    private Optional<Entry> visible(String id) throws StoreUnavailable {
        return store.latest(id, audience);
    }
}
