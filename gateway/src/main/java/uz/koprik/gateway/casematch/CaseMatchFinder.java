package uz.koprik.gateway.casematch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.gateway.intake.CorrelationResult.ObjectMatches;
import uz.koprik.gateway.intake.VerdictIds;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseFiles;
import uz.koprik.indicators.correlation.Certainty;
import uz.koprik.indicators.correlation.Correlation;
import uz.koprik.indicators.correlation.CorrelationSubject;
import uz.koprik.indicators.correlation.Correlator;
import uz.koprik.indicators.correlation.ValueMatch;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.Selection;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;
import uz.koprik.indicators.store.Versions;

/**
 * Works out of what was found for objects which case files they have to do with. Safe for use by many threads at once.
 */
final class CaseMatchFinder {

    /** Sees case files only. */
    static final Audience CASES_ONLY = new Audience(caseCodes());

    /** Everything else. */
    private static final Audience NO_CASES = new Audience(~caseCodes());

    /**
     * How many case files with a value are reported. Their units are not known here. A lower limit would let the cases
     * of one unit displace those of another, whose people would miss an alert.
     */
    private static final int CASES_TOLD = 50;

    /**
     * How many observed data that satisfy a new pattern are searched for data shared from a case: all that are tested.
     */
    private static final int OBSERVED_TOLD = 500;

    private static final String INDICATOR = "indicator--";

    private final InternalStore store;
    private final Correlator correlator;
    private final String identity;
    private final VerdictIds verdicts;

    /** Whether there may be a case file here; until the first comes, none is looked for. */
    private volatile boolean anyCase;

    /** @param identity of this centre, whose analysts dismiss matches */
    CaseMatchFinder(InternalStore store, Correlator correlator, LocalCentre localCentre) {
        this.store = store;
        this.identity = localCentre.identity();
        this.verdicts = new VerdictIds(localCentre);
        this.correlator = correlator;
    }

    /** From now on there is a case file here. */
    void caseCame() {
        anyCase = true;
    }

    /** Whether all stored patterns are loaded. */
    boolean complete() {
        return correlator.patterns().complete();
    }

    /** Finds out whether there is a case file here. */
    void begin() throws StoreUnavailable {
        Selection cases = new Selection(CASES_ONLY, Set.of(), Set.of(), Set.of(), Versions.ALL, 0);
        anyCase |= !store.page(cases, 0, 1).entries().isEmpty();
    }

    private static long caseCodes() {
        long codes = 0;
        for (int code = 0; code < ReleaseTerms.CLASSES; code++) {
            codes |= ReleaseTerms.of(code).house() ? 1L << code : 0;
        }
        return codes;
    }

    /** Looks again at the objects of these ids. */
    List<CaseMatch> lookAgain(List<String> ids) throws StoreUnavailable {
        List<Entry> entries = new ArrayList<>();
        for (String id : ids) {
            store.latest(id).ifPresent(entries::add);
        }
        return entries.isEmpty() ? List.of() : look(entries);
    }

    /** The objects of which these entries take a dismissal back. */
    List<String> judgedAnew(List<Entry> entries) {
        return entries.stream()
                .map(Entry::facts)
                .filter(facts -> facts.type().equals(VerdictIds.DISMISSAL)
                        && facts.revoked()
                        && facts.producer().filter(identity::equals).isPresent())
                .flatMap(facts -> facts.refs().stream())
                .distinct()
                .toList();
    }

    /** Whether an analyst of this centre found that the value is not what the object says it is. */
    private boolean dismissed(String object, Observable value) throws StoreUnavailable {
        return verdicts.find(VerdictIds.DISMISSAL, object, value, id -> store.latest(id)
                        .filter(entry -> entry.facts()
                                .producer()
                                .filter(identity::equals)
                                .isPresent()))
                .inForce()
                .isPresent();
    }

    /** Looks for the values of stored entries, and works out the rest as for new ones. */
    List<CaseMatch> look(List<Entry> entries) throws StoreUnavailable {
        List<CorrelationSubject> subjects = new ArrayList<>();
        List<Boolean> cases = new ArrayList<>();
        for (Entry entry : entries) {
            // Learnt before any later entry is looked at, also when another gateway stored it: so a pattern and
            // observed data find each other.
            correlator.learn(
                    StoredObject.stix(entry), !entry.facts().observables().isEmpty());
            if (!entry.facts().revoked()) {
                subjects.add(CorrelationSubject.of(entry));
                cases.add(entry.facts().unit().isPresent());
                anyCase |= entry.release().house();
            }
        }
        List<Correlation> correlations = correlator.correlate(subjects, Audience.HOUSEKEEPING);
        List<ObjectMatches> found = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            CorrelationSubject subject = subjects.get(i);
            List<ValueMatch> matches = correlations.get(i).matches();
            if (!matches.isEmpty()) {
                found.add(new ObjectMatches(
                        subject.id(),
                        cases.get(i),
                        subject.observables(),
                        subject.claim().get(),
                        matches));
            }
        }
        return of(found);
    }

    /** Which case files the objects of {@code found} have to do with. */
    List<CaseMatch> of(List<ObjectMatches> found) throws StoreUnavailable {
        MatchCollector gathering = new MatchCollector();
        List<ObjectMatches> again = new ArrayList<>();
        List<CorrelationSubject> patterns = new ArrayList<>();
        for (ObjectMatches one : found) {
            for (ValueMatch match : one.matches()) {
                if (match.rule() == ValueMatch.Rule.PATTERN) {
                    gathering.ofPattern(one.id(), match);
                    if (anyCase
                            && one.id().startsWith(INDICATOR)
                            && match.count() > match.met().size()) {
                        store.latest(one.id()).map(CorrelationSubject::of).ifPresent(patterns::add);
                    }
                } else if (one.isCase()) {
                    gathering.ofCase(one.id(), match, match.certainty());
                } else {
                    gathering.ofObject(one.id(), match, match.certainty());
                }
            }
            if (anyCase && one.matches().stream().anyMatch(CaseMatchFinder::mayHideSome)) {
                again.add(one);
            }
        }
        if (!again.isEmpty()) {
            again(again, gathering);
        }
        // Data shared from a case may be among the observed data that were not listed.
        List<Correlation> all =
                patterns.isEmpty() ? List.of() : correlator.correlate(patterns, Audience.HOUSEKEEPING, OBSERVED_TOLD);
        for (int i = 0; i < patterns.size(); i++) {
            for (ValueMatch match : all.get(i).matches()) {
                if (match.rule() == ValueMatch.Rule.PATTERN) {
                    gathering.ofPattern(patterns.get(i).id(), match);
                }
            }
        }
        return inOrder(gathering.all, found.stream().map(ObjectMatches::id).toList());
    }

    /**
     * The order of alerts discloses no case that their reader may not see: it follows from the matches themselves, not
     * from how they were found.
     */
    private static List<CaseMatch> inOrder(List<CaseMatch> matches, List<String> news) {
        Map<String, Integer> places = new HashMap<>();
        news.forEach(id -> places.putIfAbsent(id, places.size()));
        return matches.stream()
                .sorted(Comparator.comparingInt((CaseMatch match) -> places.getOrDefault(
                                match.caseIsNews()
                                        ? match.caseId()
                                        : match.object().id(),
                                places.size()))
                        .thenComparing(match -> !match.caseIsNews())
                        .thenComparingInt(match -> -match.certainty().score())
                        .thenComparing(CaseMatch::caseNumber)
                        .thenComparing(match -> match.rule().name())
                        .thenComparing(match -> match.caseValue().key())
                        .thenComparing(match -> match.objectValue().key()))
                .toList();
    }

    /**
     * A match lists only the newest objects that carry a value. So case files are looked for once more by themselves,
     * and for a case file all other objects by themselves: newer objects must not displace cases, nor cases displace
     * them.
     */
    private void again(List<ObjectMatches> some, MatchCollector gathering) throws StoreUnavailable {
        List<CorrelationSubject> subjects = some.stream()
                .map(one -> new CorrelationSubject(one.id(), one.observables(), one::claim, 0, Optional.empty()))
                .toList();
        List<Correlation> inCases = correlator.correlate(subjects, CASES_ONLY, CASES_TOLD);
        List<CorrelationSubject> cases = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            ObjectMatches one = some.get(i);
            for (ValueMatch match : inCases.get(i).matches()) {
                if (one.isCase()) {
                    gathering.ofCase(one.id(), match, certainty(match, one.matches()));
                } else {
                    gathering.ofObject(one.id(), match, certainty(match, one.matches()));
                }
            }
            if (one.isCase()) {
                cases.add(subjects.get(i));
            }
        }
        List<Correlation> elsewhere = cases.isEmpty() ? List.of() : correlator.correlate(cases, NO_CASES);
        for (int i = 0; i < cases.size(); i++) {
            for (ValueMatch match : elsewhere.get(i).matches()) {
                gathering.ofCase(cases.get(i).id(), match, match.certainty());
            }
        }
    }

    /** How sure it is by all who say something, not only by the cases. */
    private static Certainty certainty(ValueMatch match, List<ValueMatch> before) {
        return before.stream()
                .filter(one -> one.observable().equals(match.observable())
                        && one.other().equals(match.other())
                        && one.rule() == match.rule())
                .map(ValueMatch::certainty)
                .findFirst()
                .orElse(match.certainty());
    }

    /** A match lists only the newest objects that carry a value: case files may be among the others. */
    private static boolean mayHideSome(ValueMatch match) {
        return match.rule() != ValueMatch.Rule.PATTERN
                && (match.more() || match.count() > match.met().size());
    }

    /** What is gathered of one batch. */
    private final class MatchCollector {

        private final Map<String, Optional<CaseFile>> files = new HashMap<>();
        private final Map<String, Optional<ValueMatch.MatchedObject>> described = new HashMap<>();
        private final List<CaseMatch> all = new ArrayList<>();

        /** A new object has matches: those with case files count. */
        void ofObject(String id, ValueMatch match, Certainty certainty) throws StoreUnavailable {
            for (ValueMatch.MatchedObject met : match.met()) {
                if (met.caseNumber().isPresent()) {
                    Optional<ValueMatch.MatchedObject> object = described(id);
                    if (object.isPresent()) {
                        add(
                                met.id(),
                                false,
                                object.get(),
                                match.other().orElseThrow(),
                                match.observable().orElseThrow(),
                                match,
                                certainty);
                    }
                }
            }
        }

        /** Observed data satisfy an indicator: the cases from which the data were shared count. */
        void ofPattern(String id, ValueMatch match) throws StoreUnavailable {
            if (!anyCase || match.observable().isEmpty()) {
                return; // what is made of a case is made of values
            }
            if (id.startsWith(INDICATOR)) {
                Optional<ValueMatch.MatchedObject> indicator = described(id);
                if (indicator.isPresent()) {
                    for (ValueMatch.MatchedObject data : match.met()) {
                        ofCases(data.id(), indicator.get(), match);
                    }
                }
            } else {
                for (ValueMatch.MatchedObject indicator : match.met()) {
                    ofCases(id, indicator, match);
                }
            }
        }

        private void ofCases(String shared, ValueMatch.MatchedObject indicator, ValueMatch match)
                throws StoreUnavailable {
            for (Entry entry : store.referrers(shared, Versions.LAST)) {
                if (entry.facts().unit().isPresent()) { // a note about a case never leaves the centre either
                    add(
                            entry.facts().id(),
                            false,
                            indicator,
                            match.observable().get(),
                            match.observable().get(),
                            match,
                            match.certainty());
                }
            }
        }

        /** A new case has matches: each is reported, and a match with another case is reported for that case too. */
        void ofCase(String id, ValueMatch match, Certainty certainty) throws StoreUnavailable {
            for (ValueMatch.MatchedObject met : match.met()) {
                Certainty sure = met.caseNumber().isPresent()
                        ? certainty.betweenCases(match.rule(), match.other().map(Observable::kind))
                        : certainty;
                add(
                        id,
                        true,
                        met,
                        match.observable().orElseThrow(),
                        match.other().orElseThrow(),
                        match,
                        sure);
                Optional<ValueMatch.MatchedObject> itself =
                        met.caseNumber().isPresent() ? described(id) : Optional.empty();
                if (itself.isPresent()) {
                    add(
                            met.id(),
                            false,
                            itself.get(),
                            match.other().orElseThrow(),
                            match.observable().orElseThrow(),
                            match,
                            sure);
                }
            }
        }

        private void add(
                String caseId,
                boolean caseIsNews,
                ValueMatch.MatchedObject object,
                Observable caseValue,
                Observable objectValue,
                ValueMatch match,
                Certainty certainty)
                throws StoreUnavailable {
            if (dismissed(object.id(), objectValue)) {
                return;
            }
            if (!files.containsKey(caseId)) {
                files.put(caseId, store.latest(caseId).map(CaseMatchFinder::file));
            }
            files.get(caseId)
                    .ifPresent(file -> all.add(new CaseMatch(
                            caseId,
                            file.number(),
                            file.title(),
                            file.crimeType(),
                            caseIsNews,
                            object,
                            caseValue,
                            objectValue,
                            match.rule(),
                            match.count(),
                            certainty)));
        }

        private Optional<ValueMatch.MatchedObject> described(String id) throws StoreUnavailable {
            if (!described.containsKey(id)) {
                described.put(id, store.latest(id).map(ValueMatch.MatchedObject::of));
            }
            return described.get(id);
        }
    }

    private static CaseFile file(Entry entry) {
        try {
            return CaseFiles.read(StoredObject.stix(entry));
        } catch (InvalidObject damaged) {
            throw new IllegalStateException(
                    "the store holds a case file that is none: " + entry.facts().id(), damaged);
        }
    }
}
