package uz.koprik.indicators.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import uz.koprik.indicators.correlation.CorrelationSubject;
import uz.koprik.indicators.correlation.Correlator;
import uz.koprik.indicators.correlation.PatternCache;
import uz.koprik.indicators.correlation.ValueMatch;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.extraction.ObservableExtraction;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;
import uz.koprik.indicators.warninglist.WarningLists;

/** Patterns match observed data in a store, in both orders of arrival, with and without a book that knows them. */
final class PatternsMet {

    private static final String TIMES =
            "\"created\":\"2026-11-01T00:00:00.000Z\",\"modified\":\"2026-11-01T00:00:00.000Z\"";
    private static final String ADDRESS = "ipv4-addr--00000000-0000-4000-8000-000000000001";
    private static final String TRAFFIC = "network-traffic--00000000-0000-4000-8000-000000000001";

    private final InternalStore store;
    private final PatternCache book;
    private final Correlator correlator;

    private PatternsMet(InternalStore store, int most) {
        this.store = store;
        this.book = new PatternCache(most);
        this.correlator =
                new Correlator(store, () -> WarningLists.NONE, () -> Instant.parse("2026-11-22T08:00:00Z"), book);
        book.filled();
    }

    static void check(InternalStore store) throws Exception {
        PatternsMet met = new PatternsMet(store, 100);
        String port = "[network-traffic:dst_ref.value = '198.51.100.7' AND network-traffic:dst_port = 443]";
        String like = "[ipv4-addr:value LIKE '198.51.100.%']";
        met.take(Tlp.GREEN, indicator(1, port));
        met.take(Tlp.AMBER, indicator(2, like));
        met.take(
                Tlp.GREEN,
                indicator(3, "[network-traffic:dst_ref.value = '198.51.100.7' AND network-traffic:dst_port = 80]"));
        assertEquals(
                List.of(
                        "observed-data--1: PATTERN ipv4:198.51.100.7 " + like + " 1 indicator--2",
                        "observed-data--1: PATTERN ipv4:198.51.100.7 " + port + " 1 indicator--1"),
                met.take(Tlp.GREEN, address(), traffic(443), observed(1)));
        assertEquals(
                List.of("indicator--4: PATTERN ipv4:198.51.100.7 " + port + " 1 observed-data--1"),
                met.take(Tlp.GREEN, indicator(4, port)));
        assertEquals(
                List.of("indicator--5: PATTERN ipv4:198.51.100.7 " + like + " 1 observed-data--1"),
                met.take(Tlp.GREEN, indicator(5, like)));

        Audience green = new Audience(1L << new ReleaseTerms(Tlp.GREEN, false, false, false).classCode());
        assertEquals(
                List.of(
                        "observed-data--1: PATTERN ipv4:198.51.100.7 " + like + " 1 indicator--5",
                        "observed-data--1: PATTERN ipv4:198.51.100.7 " + port + " 2 indicator--4 indicator--1"),
                met.of(green, "observed-data--00000000-0000-4000-8000-000000000001"));

        PatternsMet forgetful = new PatternsMet(store, 0);
        forgetful.learn(indicator(1, port));
        forgetful.learn(observed(1));
        assertEquals(
                List.of("observed-data--1: PATTERN ipv4:198.51.100.7 " + port + " 2 indicator--4 indicator--1"),
                forgetful.of(green, "observed-data--00000000-0000-4000-8000-000000000001"),
                "what names a value is found in the store");
    }

    private List<String> take(Tlp tlp, String... objects) throws Exception {
        List<StixObject> read = new ArrayList<>();
        List<Draft> drafts = new ArrayList<>();
        for (String object : objects) {
            read.add(StixReader.read(object.getBytes(StandardCharsets.UTF_8)));
            drafts.add(draft(read.getLast(), tlp));
        }
        store.append(drafts);
        for (String object : objects) {
            learn(object);
        }
        List<CorrelationSubject> subjects = new ArrayList<>();
        for (StixObject object : read) {
            subjects.add(CorrelationSubject.of(store.latest(object.id()).orElseThrow()));
        }
        return told(subjects, Audience.HOUSEKEEPING);
    }

    private void learn(String object) throws Exception {
        StixObject read = StixReader.read(object.getBytes(StandardCharsets.UTF_8));
        correlator.learn(read, !ObservableExtraction.of(read.json()).found().isEmpty());
    }

    private List<String> of(Audience audience, String id) throws Exception {
        return told(List.of(CorrelationSubject.of(store.latest(id).orElseThrow())), audience);
    }

    private List<String> told(List<CorrelationSubject> subjects, Audience audience) throws Exception {
        List<String> told = new ArrayList<>();
        var correlations = correlator.correlate(subjects, audience);
        for (int i = 0; i < subjects.size(); i++) {
            String id = subjects.get(i).id();
            correlations.get(i).matches().stream()
                    .filter(match -> match.rule() == ValueMatch.Rule.PATTERN)
                    .forEach(match -> told.add(brief(id) + ": PATTERN "
                            + match.observable().map(Observable::key).orElse("-") + ' '
                            + match.pattern().orElseThrow() + ' ' + match.count()
                            + String.join(
                                    "",
                                    match.met().stream()
                                            .map(one -> " " + brief(one.id()))
                                            .toList())));
        }
        return told;
    }

    private static String brief(String id) {
        return id.replaceAll("00000000-0000-4000-8000-0*", "");
    }

    private static Draft draft(StixObject object, Tlp tlp) {
        List<String> keys = ObservableExtraction.of(object.json()).observables().stream()
                .map(Observable::key)
                .toList();
        Provenance provenance = new Provenance(Provenance.Origin.UNSIGNED, List.of());
        return new Draft(
                new EntryMetadata(
                        object.id(),
                        object.type(),
                        "2.1",
                        object.version(),
                        object.created(),
                        object.createdByRef(),
                        "",
                        "analyst",
                        object.digest(),
                        provenance,
                        new ReleaseTerms(tlp, false, false, false),
                        false,
                        keys,
                        List.copyOf(object.refs()),
                        ""),
                object.bytes());
    }

    private static String indicator(int number, String pattern) {
        return "{\"type\":\"indicator\",\"spec_version\":\"2.1\",\"id\":\"indicator--00000000-0000-4000-8000-%012d\","
                        .formatted(number)
                + TIMES + ",\"pattern\":\"" + pattern
                + "\",\"pattern_type\":\"stix\",\"valid_from\":\"2026-11-01T00:00:00Z\"}";
    }

    private static String address() {
        return "{\"type\":\"ipv4-addr\",\"spec_version\":\"2.1\",\"id\":\"" + ADDRESS
                + "\",\"value\":\"198.51.100.7\"}";
    }

    private static String traffic(int port) {
        return "{\"type\":\"network-traffic\",\"spec_version\":\"2.1\",\"id\":\"" + TRAFFIC + "\",\"dst_ref\":\""
                + ADDRESS + "\",\"dst_port\":" + port + ",\"protocols\":[\"tcp\"]}";
    }

    private static String observed(int number) {
        return "{\"type\":\"observed-data\",\"spec_version\":\"2.1\",\"id\":\"observed-data--00000000-0000-4000-8000-%012d\","
                        .formatted(number)
                + TIMES
                + ",\"first_observed\":\"2026-11-01T00:00:00Z\",\"last_observed\":\"2026-11-01T00:00:00Z\",\"number_observed\":1,"
                + "\"object_refs\":["
                + String.join(
                        ",",
                        Stream.of(ADDRESS, TRAFFIC).map(id -> "\"" + id + "\"").toList()) + "]}";
    }
}
