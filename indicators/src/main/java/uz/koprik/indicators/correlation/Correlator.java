package uz.koprik.indicators.correlation;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import uz.koprik.indicators.correlation.ValueMatch.Rule;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.network.NetworkKey;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.store.Carriers;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.RangeCarriers;
import uz.koprik.indicators.store.Store;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;
import uz.koprik.indicators.warninglist.WarningLists;

/**
 * Finds stored objects whose values match: the same value, one that contains it, or one within it. Asks the store twice
 * per batch, for one posting list per value and one index range per network or domain. There is no table of pairs that
 * could explode. {@link PatternCorrelation} tests patterns of indicators against observed data. Values on a warning
 * list are neither looked for nor found. Safe for use by many threads at once.
 */
public final class Correlator {

    /** How many objects are looked at below one domain or in one network. */
    private static final int MOST_WITHIN = 1000;

    /** How many wallets of one cluster are looked for. */
    private static final int MOST_IN_CLUSTER = 50;

    private final Store store;
    private final Supplier<WarningLists> warnings;
    private final InstantSource clock;
    private final PatternCache patterns;

    /** With a book of patterns of its own. */
    public Correlator(Store store, Supplier<WarningLists> warnings, InstantSource clock) {
        this(store, warnings, clock, new PatternCache(PatternCache.USUAL));
    }

    /**
     * @param warnings the lists in force at the moment
     * @param patterns the patterns of stored objects; {@link #learn} adds those of each newly stored object
     */
    public Correlator(Store store, Supplier<WarningLists> warnings, InstantSource clock, PatternCache patterns) {
        this.store = store;
        this.warnings = warnings;
        this.clock = clock;
        this.patterns = patterns;
    }

    /** Takes notice of an object that has been stored, before {@link #correlate} is asked about it. */
    public void learn(StixObject object, boolean carries) {
        patterns.learn(object, carries, StixTimestamp.micros(clock.instant()));
    }

    /** Takes notice of what is stored under an id now: something was withdrawn. */
    public void learnAgain(String id) throws StoreUnavailable {
        patterns.forget(id);
        Optional<Entry> latest = store.latest(id, Audience.HOUSEKEEPING);
        if (latest.isPresent()) {
            learn(
                    StoredObject.stix(latest.get()),
                    !latest.get().facts().observables().isEmpty());
        }
    }

    /** The patterns in memory. */
    public PatternCache patterns() {
        return patterns;
    }

    /**
     * Looks for the values of all subjects among the latest versions of everything else.
     *
     * @param audience what the asker may see
     * @return one a subject, in their order
     */
    public List<Correlation> correlate(List<CorrelationSubject> subjects, Audience audience) throws StoreUnavailable {
        return correlate(subjects, audience, ValueMatch.LISTED);
    }

    /** @param told how many of the objects that carry a value are listed */
    public List<Correlation> correlate(List<CorrelationSubject> subjects, Audience audience, int told)
            throws StoreUnavailable {
        Search search = new Search(warnings.get(), told);
        subjects.forEach(subject -> subject.observables().forEach(search::want));
        search.run(subjects, audience);
        return subjects.stream().map(search::correlation).toList();
    }

    /** The warning list that says the value is common, so that it is not looked for; empty when there is none. */
    public Optional<WarningLists.Hit> silencedBy(Observable value) {
        return warnings.get().silences(value);
    }

    /**
     * A value that is looked for.
     *
     * @param span where what lies in it would be
     */
    private record WantedValue(String key, List<ContainingValues.Around> around, Optional<NetworkKey.Span> span) {}

    /** One batch. */
    private final class Search {

        private final WarningLists warnings;
        private final int told;
        private final Map<Observable, Optional<WarningLists.Hit>> judged = new HashMap<>();
        private final Map<Observable, WantedValue> wanted = new LinkedHashMap<>();
        private final Map<Long, ValueMatch.MatchedObject> described = new HashMap<>();
        private final Map<Long, Entry> entries = new HashMap<>();
        private final Map<Observable, Set<Observable>> clusters = new HashMap<>();
        private Map<String, Carriers> carriers = Map.of();
        private Map<String, Carriers> ofClusters = Map.of();
        private final long now = StixTimestamp.micros(clock.instant());
        private Map<NetworkKey.Span, RangeCarriers> within = Map.of();
        private Map<String, List<ValueMatch>> byPattern = Map.of();

        Search(WarningLists warnings, int told) {
            this.warnings = warnings;
            this.told = told;
        }

        private Optional<WarningLists.Hit> silencedBy(Observable value) {
            return warnings.size() == 0 ? Optional.empty() : judged.computeIfAbsent(value, warnings::silences);
        }

        void want(Observable value) {
            if (value.isShared()
                    || wanted.containsKey(value)
                    || silencedBy(value).isPresent()) {
                return;
            }
            ContainingValues surroundings = ContainingValues.of(value);
            wanted.put(
                    value,
                    new WantedValue(
                            value.comparedAs().key(),
                            surroundings.around(),
                            surroundings.holds() ? NetworkKey.within(value) : Optional.empty()));
        }

        void run(List<CorrelationSubject> subjects, Audience audience) throws StoreUnavailable {
            Set<String> keys = new LinkedHashSet<>();
            Set<NetworkKey.Span> spans = new LinkedHashSet<>();
            for (WantedValue one : wanted.values()) {
                keys.add(one.key);
                one.around.forEach(outer -> keys.add(outer.key()));
                one.span.ifPresent(spans::add);
            }
            // One more than is listed, since the subject itself is among them.
            carriers = keys.isEmpty() ? Map.of() : store.carriers(keys, audience, told + 1);
            within = spans.isEmpty() ? Map.of() : store.within(spans, audience, told + 1, MOST_WITHIN);
            wanted.keySet().stream()
                    .filter(value -> value.kind() == ObservableKind.WALLET)
                    .forEach(this::findCluster);
            Set<String> others = new LinkedHashSet<>();
            clusters.values().forEach(cluster -> cluster.forEach(wallet -> others.add(wallet.key())));
            ofClusters = others.isEmpty() ? Map.of() : store.carriers(others, audience, told + 1);
            byPattern = new PatternCorrelation(
                            store,
                            patterns,
                            audience,
                            value -> silencedBy(value).isPresent(),
                            now,
                            told)
                    .matches(subjects);
        }

        /** The wallets that were reported together with this one, by the listed objects. */
        private void findCluster(Observable wallet) {
            Carriers found = carriers.get(wallet.key());
            if (found == null) {
                return;
            }
            Set<Observable> cluster = new LinkedHashSet<>();
            for (Entry entry : found.freshest()) {
                for (String key : facts(entry).observables()) {
                    Observable other = Observable.ofKey(key);
                    boolean another = other.kind() == ObservableKind.WALLET && !other.equals(wallet);
                    if (another
                            && cluster.size() < MOST_IN_CLUSTER
                            && silencedBy(other).isEmpty()) {
                        cluster.add(other);
                    }
                }
            }
            if (!cluster.isEmpty()) {
                clusters.put(wallet, cluster);
            }
        }

        Correlation correlation(CorrelationSubject subject) {
            List<ValueMatch> matches = new ArrayList<>(0);
            List<Correlation.SilencedValue> silenced = new ArrayList<>(0);
            for (Observable value : subject.observables()) {
                Observable compared = value.comparedAs();
                boolean twice = !compared.equals(value) && subject.observables().contains(compared);
                if (twice || value.isShared()) {
                    continue; // the same match twice, or no value of the object
                }
                Optional<WarningLists.Hit> hit = silencedBy(value);
                if (hit.isPresent()) {
                    silenced.add(new Correlation.SilencedValue(value, hit.get()));
                    continue;
                }
                WantedValue asked = wanted.get(value);
                carried(subject, value, compared, asked.key, Rule.SAME_VALUE, carriers, matches);
                for (ContainingValues.Around outer : asked.around) {
                    if (outer.value().isShared()) {
                        sharing(subject, value, outer, matches);
                    } else {
                        carried(subject, value, outer.value(), outer.key(), outer.rule(), carriers, matches);
                    }
                }
                for (Observable other : clusters.getOrDefault(value, Set.of())) {
                    // An object that carries both is listed under the wallet itself.
                    if (!subject.observables().contains(other)) {
                        carried(subject, value, other, other.key(), Rule.SAME_CLUSTER, ofClusters, matches);
                    }
                }
                RangeCarriers held = within.isEmpty() || asked.span.isEmpty() ? null : within.get(asked.span.get());
                if (held != null) {
                    held(subject, value, held, matches);
                }
            }
            matches.addAll(byPattern.getOrDefault(subject.id(), List.of()));
            return matches.isEmpty() && silenced.isEmpty() ? Correlation.NOTHING : new Correlation(matches, silenced);
        }

        private void carried(
                CorrelationSubject subject,
                Observable value,
                Observable other,
                String key,
                Rule rule,
                Map<String, Carriers> among,
                List<ValueMatch> matches) {
            Carriers found = among.get(key);
            if (found == null || (rule != Rule.SAME_VALUE && silencedBy(other).isPresent())) {
                return;
            }
            List<ValueMatch.MatchedObject> met = new ArrayList<>();
            long others = found.count();
            boolean itself = false;
            for (Entry entry : found.freshest()) {
                if (is(entry, subject)) {
                    itself = true;
                } else if (met.size() < told) {
                    met.add(met(entry));
                }
            }
            // When more carry the value than were returned, the subject may be among the rest: it was just stored, so
            // it is.
            if (itself
                    || (rule == Rule.SAME_VALUE
                            && found.count() > found.freshest().size())) {
                others--;
            }
            if (others > 0 && !met.isEmpty()) {
                matches.add(
                        new ValueMatch(value, rule, other, others, false, met, certainty(subject, rule, other, met)));
            }
        }

        /** Values within {@code value}: one match per value of the listed objects; the rest is only counted. */
        private void held(CorrelationSubject subject, Observable value, RangeCarriers found, List<ValueMatch> matches) {
            boolean more = found.more() || found.count() > found.freshest().size();
            byValue(subject, value, value, found.freshest(), more, matches);
        }

        /** Cards with their token that a mask may stand for: one match per card of the listed objects. */
        private void sharing(
                CorrelationSubject subject, Observable value, ContainingValues.Around outer, List<ValueMatch> matches) {
            Carriers found = carriers.get(outer.key());
            if (found != null) {
                boolean more = found.count() > found.freshest().size();
                byValue(subject, value, outer.value(), found.freshest(), more, matches);
            }
        }

        /** One match per value of the entries that belongs to {@code outer}. */
        private void byValue(
                CorrelationSubject subject,
                Observable value,
                Observable outer,
                List<Entry> freshest,
                boolean more,
                List<ValueMatch> matches) {
            Map<Observable, List<ValueMatch.MatchedObject>> byValue = new LinkedHashMap<>();
            Map<Observable, Rule> rules = new HashMap<>();
            for (Entry entry : freshest) {
                if (is(entry, subject)) {
                    continue;
                }
                for (String key : facts(entry).observables()) {
                    Observable inner = Observable.ofKey(key);
                    Optional<Rule> rule = ContainingValues.rule(inner, outer);
                    if (rule.isPresent() && silencedBy(inner).isEmpty()) {
                        rules.put(inner, rule.get());
                        byValue.computeIfAbsent(inner, other -> new ArrayList<>(1))
                                .add(met(entry));
                    }
                }
            }
            byValue.forEach((inner, met) -> matches.add(new ValueMatch(
                    value,
                    rules.get(inner),
                    inner,
                    met.size(),
                    more,
                    met,
                    certainty(subject, rules.get(inner), inner, met))));
        }

        private Certainty certainty(
                CorrelationSubject subject, Rule rule, Observable other, List<ValueMatch.MatchedObject> met) {
            List<Claim> claims = new ArrayList<>(met.size() + 1);
            subject.claim().get().ifPresent(claims::add);
            met.forEach(one -> one.claim().ifPresent(claims::add));
            return Certainty.of(rule, Optional.of(other.kind()), claims, now);
        }

        /** Read once for each entry, however many values it was found by: a case file is found by hundreds. */
        private EntryMetadata facts(Entry entry) {
            return entries.computeIfAbsent(entry.seq(), seq -> entry).facts();
        }

        private boolean is(Entry entry, CorrelationSubject subject) {
            return entry.seq() == subject.seq() || facts(entry).id().equals(subject.id());
        }

        private ValueMatch.MatchedObject met(Entry entry) {
            return described.computeIfAbsent(entry.seq(), seq -> Description.of(entry));
        }
    }
}
