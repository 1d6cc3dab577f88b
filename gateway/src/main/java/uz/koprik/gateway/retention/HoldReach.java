package uz.koprik.gateway.retention;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uz.koprik.gateway.cases.CaseService;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseNote;
import uz.koprik.indicators.cases.CaseShare;
import uz.koprik.indicators.correlation.Correlation;
import uz.koprik.indicators.correlation.CorrelationSubject;
import uz.koprik.indicators.correlation.Correlator;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.network.NetworkKey;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * What the legal holds of one moment protect: what a case is linked to, names in its texts or shared, what that refers
 * to, and what carries a value of the case, or one that the centre finds to match.
 */
final class HoldReach {

    private static final Pattern ID =
            Pattern.compile("[a-z][a-z0-9-]{2,249}--[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /** Sees what never leaves the centre, and nothing else. */
    private static final Audience CASES = new Audience(houseClasses());

    /** Case files per match that are looked at. */
    private static final int TOLD = 1000;

    /** Entries that are correlated at once. */
    private static final int AT_ONCE = 500;

    private final Correlator correlator;
    /** The version of each case that was read: its sequence number. */
    private final Map<LegalHold, Long> read = new HashMap<>();

    private final Map<String, LegalHold> byCase = new LinkedHashMap<>();
    private final Map<String, LegalHold> byId = new HashMap<>();
    private final Map<String, LegalHold> byValue = new HashMap<>();
    private final Map<String, LegalHold> byPlace = new HashMap<>();
    private final Map<NetworkKey.Span, LegalHold> bySpan = new HashMap<>();

    private HoldReach(Correlator correlator) {
        this.correlator = correlator;
    }

    /**
     * Reads the cases that are under a hold. Blocks.
     *
     * @throws StoreUnavailable also when one of them cannot be read: nobody knows what it protects
     */
    static HoldReach of(Collection<LegalHold> holds, InternalStore store, Correlator correlator)
            throws StoreUnavailable {
        HoldReach reach = new HoldReach(correlator);
        for (LegalHold hold : holds) {
            reach.add(hold, caseOf(hold, store), store);
        }
        return reach;
    }

    private static Entry caseOf(LegalHold hold, InternalStore store) throws StoreUnavailable {
        return store.latest(hold.caseId())
                .filter(found -> found.facts().unit().isPresent())
                .orElseThrow(() -> new StoreUnavailable(
                        "a case that is under a legal hold cannot be read, so nothing is erased: " + hold.caseId(),
                        null));
    }

    /** Whether it was made of these holds and of what their cases say now. Blocks. */
    boolean isOf(Collection<LegalHold> holds, InternalStore store) throws StoreUnavailable {
        if (holds.size() != read.size()) {
            return false;
        }
        for (LegalHold hold : holds) {
            Long seq = read.get(hold);
            if (seq == null || caseOf(hold, store).seq() != seq) {
                return false;
            }
        }
        return true;
    }

    private void add(LegalHold hold, Entry entry, InternalStore store) throws StoreUnavailable {
        read.put(hold, entry.seq());
        byCase.put(hold.caseId(), hold);
        Set<String> ids = named(CaseService.stored(entry).file());
        ids.addAll(entry.facts().refs());
        List<String> linked = List.copyOf(ids);
        for (Map<String, List<Entry>> versions : List.of(store.statements(linked), store.pastVersions(linked))) {
            versions.values().stream()
                    .flatMap(List::stream)
                    .forEach(version -> ids.addAll(version.facts().refs()));
        }
        ids.forEach(id -> byId.putIfAbsent(id, hold));
        for (String key : entry.facts().observables()) {
            byValue.putIfAbsent(key, hold);
            NetworkKey.ofKey(key).ifPresent(place -> byPlace.putIfAbsent(place, hold));
            within(key).ifPresent(span -> bySpan.putIfAbsent(span, hold));
        }
    }

    /** The objects that a case names: linked, shared, or by their ids in its summary and notes. */
    static Set<String> named(CaseFile file) {
        Set<String> ids = new HashSet<>(file.incidents());
        file.shares().stream().map(CaseShare::objects).forEach(ids::addAll);
        List<String> texts = new ArrayList<>(List.of(file.title(), file.summary()));
        file.notes().stream().map(CaseNote::text).forEach(texts::add);
        file.observables().forEach(one -> texts.add(one.note()));
        for (String text : texts) {
            Matcher found = ID.matcher(text);
            while (found.find()) {
                ids.add(found.group());
            }
        }
        return ids;
    }

    /** Whether nothing is under a hold. */
    boolean none() {
        return byCase.isEmpty();
    }

    /**
     * The holds that protect objects, by the id of the object; of several holds one of them. An erasure takes all
     * versions of an object. So one that is protected protects the object, also an earlier or withdrawn one. Blocks.
     *
     * @param statements the latest versions of these and other objects, by id
     */
    Map<String, LegalHold> stops(Collection<String> objects, InternalStore store, Map<String, List<Entry>> statements)
            throws StoreUnavailable {
        if (none()) {
            return Map.of();
        }
        Map<String, LegalHold> stopped = stops(
                objects.stream().flatMap(id -> statements.get(id).stream()).toList());
        Map<String, List<Entry>> past = store.pastVersions(
                objects.stream().filter(id -> !stopped.containsKey(id)).toList());
        stopped.putAll(stops(past.values().stream().flatMap(List::stream).toList()));
        return stopped;
    }

    private Map<String, LegalHold> stops(Collection<Entry> entries) throws StoreUnavailable {
        Map<String, LegalHold> stopped = new HashMap<>();
        List<Entry> others = new ArrayList<>();
        for (Entry entry : entries) {
            Optional<LegalHold> found = namedOrValued(entry);
            if (found.isPresent()) {
                stopped.put(entry.facts().id(), found.get());
            } else {
                others.add(entry);
            }
        }
        for (int from = 0; from < others.size(); from += AT_ONCE) {
            List<Entry> some = others.subList(from, Math.min(others.size(), from + AT_ONCE));
            List<Correlation> found = correlator.correlate(
                    some.stream().map(CorrelationSubject::of).toList(), CASES, TOLD);
            for (int i = 0; i < some.size(); i++) {
                String id = some.get(i).facts().id();
                matched(found.get(i)).ifPresent(hold -> stopped.putIfAbsent(id, hold));
            }
        }
        return stopped;
    }

    private Optional<LegalHold> namedOrValued(Entry entry) {
        LegalHold named =
                byId.getOrDefault(entry.facts().id(), byCase.get(entry.facts().id()));
        return named != null
                ? Optional.of(named)
                : entry.facts().observables().stream()
                        .flatMap(key -> ofValue(key).stream())
                        .findFirst();
    }

    private Optional<LegalHold> matched(Correlation correlation) {
        return correlation.matches().stream()
                .flatMap(match -> match.met().stream())
                .flatMap(met -> Optional.ofNullable(byCase.get(met.id())).stream())
                .findFirst();
    }

    /** Also on warning lists, which correlation passes over. */
    private Optional<LegalHold> ofValue(String key) {
        LegalHold same = byValue.get(key);
        if (same != null) {
            return Optional.of(same);
        }
        Optional<LegalHold> around = NetworkKey.ofKey(key).flatMap(place -> bySpan.entrySet().stream()
                .filter(span -> span.getKey().has(place))
                .map(Map.Entry::getValue)
                .findFirst());
        return around.isPresent()
                ? around
                : within(key).flatMap(span -> byPlace.entrySet().stream()
                        .filter(place -> span.has(place.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst());
    }

    /** Empty as well for keys of kinds that are not known. */
    private static Optional<NetworkKey.Span> within(String key) {
        int colon = key.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : ObservableKind.ofCode(key.substring(0, colon))
                        .flatMap(kind -> NetworkKey.within(Observable.ofKey(key)));
    }

    private static long houseClasses() {
        long classes = 0;
        for (int code = 0; code < ReleaseTerms.CLASSES; code++) {
            classes |= ReleaseTerms.of(code).house() ? 1L << code : 0;
        }
        return classes;
    }
}
