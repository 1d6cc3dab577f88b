package uz.koprik.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.casematch.CaseMatch;
import uz.koprik.gateway.casematch.CaseMatchMonitor;
import uz.koprik.gateway.casematch.PatternFollower;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseFiles;
import uz.koprik.indicators.cases.CaseShare;
import uz.koprik.indicators.correlation.CorrelationSubject;
import uz.koprik.indicators.correlation.Correlator;
import uz.koprik.indicators.correlation.ValueMatch;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.Versions;
import uz.koprik.indicators.warninglist.WarningListReader;
import uz.koprik.indicators.warninglist.WarningLists;

/** Observed data that satisfy the pattern of an indicator, in both orders of arrival. */
class PatternCorrelationTest {

    private static final String PORT =
            "[network-traffic:dst_ref.value = '198.51.100.7' AND network-traffic:dst_port = 443]";
    private static final String PARTS =
            "{\"0\":{\"type\":\"ipv4-addr\",\"id\":\"ipv4-addr--7f8c1b1e-5d1c-4c69-9f0d-2f0f6b6f2a01\",\"value\":\"198.51.100.7\"},\"1\":{\"type\":\"network-traffic\",\"id\":\"network-traffic--7f8c1b1e-5d1c-4c69-9f0d-2f0f6b6f2a02\","
                    + "\"dst_ref\":\"0\",\"dst_port\":443,\"protocols\":[\"tcp\"]},\"2\":{\"type\":\"process\",\"id\":\"process--7f8c1b1e-5d1c-4c69-9f0d-2f0f6b6f2a03\",\"command_line\":\"calc.exe /q\"}}";

    private TestCentre centre;

    @BeforeEach
    void open(@TempDir Path folder) {
        centre = new TestCentre("tashkent", folder);
    }

    @AfterEach
    void close() {
        centre.close();
    }

    private String indicator(String id, String pattern, String more) {
        return Objects.indicator(id, centre.identity, pattern, "2026-11-01T00:00:00.000Z", null)
                .replaceFirst("}$", more + "}");
    }

    private Outcome report(String pattern) throws Exception {
        return centre.one(indicator(Objects.id("indicator"), pattern, ""));
    }

    private String observed(String id, String what) {
        return "{\"type\":\"observed-data\",\"spec_version\":\"2.1\",\"id\":\"" + id + "\",\"created_by_ref\":\""
                + centre.identity + "\","
                + "\"created\":\"2026-11-02T00:00:00.000Z\",\"modified\":\"2026-11-02T00:00:00.000Z\",\"first_observed\":\"2026-11-01T00:00:00Z\","
                + "\"last_observed\":\"2026-11-01T00:00:00Z\",\"number_observed\":1," + what + "}";
    }

    private Outcome see(String id) throws Exception {
        return centre.one(observed(id, "\"objects\":" + PARTS));
    }

    private static List<ValueMatch> byPattern(Outcome outcome) {
        assertEquals(Optional.empty(), outcome.refusal());
        return outcome.matches().all().stream()
                .filter(match -> match.rule() == ValueMatch.Rule.PATTERN)
                .toList();
    }

    private static Set<String> met(Outcome outcome) {
        return byPattern(outcome).stream()
                .flatMap(match -> match.met().stream())
                .map(ValueMatch.MatchedObject::id)
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                PORT,
                "[network-traffic:dst_ref.value = '198.51.100.7' AND network-traffic:dst_port > 400]",
                "[ipv4-addr:value = '198.51.100.7' AND ipv4-addr:value LIKE '198.%']",
                "[ipv4-addr:value ISSUBSET '198.51.100.0/24']",
                "[ipv4-addr:value = '198.51.100.7'] START t'2026-10-31T00:00:00Z' STOP t'2026-11-02T00:00:00Z'",
                "[process:command_line LIKE 'calc.exe%']",
                "[process:command_line MATCHES '^calc' OR domain-name:value = 'example.com']",
            })
    void inBothOrders(String pattern) throws Exception {
        String first = report(pattern).id();
        Outcome seen = see(Objects.id("observed-data"));
        assertEquals(Set.of(first), met(seen));
        Outcome later = report(pattern);
        assertEquals(Set.of(seen.id()), met(later));
        ValueMatch match = byPattern(later).getFirst();
        assertEquals(Optional.of("ipv4:198.51.100.7"), match.observable().map(Observable::key));
        assertEquals(1, match.count());
        assertEquals(false, match.more());
        assertEquals(byPattern(seen).getFirst().certainty(), match.certainty(), "as sure, whichever came first");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[network-traffic:dst_ref.value = '198.51.100.7' AND network-traffic:dst_port = 80]",
                "[ipv4-addr:value = '198.51.100.7' AND network-traffic:dst_port = 443]",
                "[ipv4-addr:value = '198.51.100.7'] START t'2026-11-03T00:00:00Z' STOP t'2026-11-04T00:00:00Z'",
                "[ipv4-addr:value = '198.51.100.7'] AND [network-traffic:dst_port = 443]",
                "[ipv4-addr:value = '198.51.100.7'] FOLLOWEDBY [network-traffic:dst_port = 443]",
                "[ipv4-addr:value LIKE '203.%']",
                "[ipv4-addr:value = '198.51.100.7']",
            })
    void whatIsNotSatisfiedByOneObservationIsNoMatch(String pattern) throws Exception {
        report(pattern);
        assertEquals(Set.of(), met(see(Objects.id("observed-data"))));
        assertEquals(Set.of(), met(report(pattern)));
    }

    @Test
    void aPatternMayBeSatisfiedByNothingOfAKnownKind() throws Exception {
        report("[process:command_line = 'calc.exe']");
        Outcome seen = centre.one(
                observed(
                        Objects.id("observed-data"),
                        "\"objects\":{\"0\":{\"type\":\"process\",\"id\":\"process--7f8c1b1e-5d1c-4c69-9f0d-2f0f6b6f2a03\",\"command_line\":\"calc.exe\"}}"));
        ValueMatch match = byPattern(seen).getFirst();
        assertEquals(Optional.empty(), match.observable());
        assertEquals(Optional.of("[process:command_line = 'calc.exe']"), match.pattern());
    }

    @Test
    void whatIsReferredToMayComeLater() throws Exception {
        String address = "ipv4-addr--" + java.util.UUID.randomUUID();
        String traffic = "network-traffic--" + java.util.UUID.randomUUID();
        String named = report(PORT).id();
        String seen = centre.one(observed(
                        Objects.id("observed-data"), "\"object_refs\":[\"" + address + "\",\"" + traffic + "\"]"))
                .id();
        assertEquals(
                Set.of(),
                met(centre.one("{\"type\":\"ipv4-addr\",\"spec_version\":\"2.1\",\"id\":\"" + address
                        + "\",\"value\":\"198.51.100.7\"}")));
        Outcome last = centre.one("{\"type\":\"network-traffic\",\"spec_version\":\"2.1\",\"id\":\"" + traffic
                + "\",\"dst_ref\":\"" + address + "\",\"dst_port\":443,\"protocols\":[\"tcp\"]}");
        assertEquals(Set.of(named), met(last));
        assertEquals(Set.of(seen), met(report(PORT)));
    }

    @Test
    void onlyWhatIsInForceAndNotRevoked() throws Exception {
        String id = Objects.id("indicator");
        centre.one(indicator(id, PORT, ""));
        centre.one(indicator(Objects.id("indicator"), PORT, ",\"valid_until\":\"2026-11-21T00:00:00Z\""));
        assertEquals(Set.of(id), met(see(Objects.id("observed-data"))));
        assertEquals(
                Set.of(),
                met(centre.one(indicator(Objects.id("indicator"), PORT, ",\"valid_until\":\"2026-11-21T00:00:00Z\""))));
        centre.one(
                indicator(id, PORT, ",\"revoked\":true").replace("modified\":\"2026-11-01", "modified\":\"2026-11-05"));
        assertEquals(Set.of(), met(see(Objects.id("observed-data"))));
        centre.intake.withdraw(id, Versions.LAST, "a mistake", new Source.Account("anna", true));
        assertEquals(Set.of(id), met(see(Objects.id("observed-data"))), "the version before is in force again");
    }

    @Test
    void theAskerLearnsOfNothingElse() throws Exception {
        String red = Objects.id("indicator");
        centre.one(Objects.indicator(red, centre.identity, PORT, "2026-11-01T00:00:00.000Z", Tlp.RED));
        String seen = see(Objects.id("observed-data")).id();
        CorrelationSubject subject =
                CorrelationSubject.of(centre.store.latest(seen).orElseThrow());
        Correlator correlator = new Correlator(centre.store, () -> centre.warnings, () -> centre.now);
        assertEquals(
                1,
                correlator.correlate(List.of(subject), Audience.HOUSEKEEPING).getFirst().matches().stream()
                        .filter(match -> match.rule() == ValueMatch.Rule.PATTERN)
                        .count());
        Audience clear = new Audience(
                1L << centre.store.latest(seen).orElseThrow().release().classCode());
        assertEquals(
                List.of(),
                correlator.correlate(List.of(subject), clear).getFirst().matches());
    }

    @Test
    void valuesOnAWarningListAloneAreNoMatch() throws Exception {
        String list =
                "{\"name\":\"resolvers\",\"type\":\"cidr\",\"matching_attributes\":[\"ip-dst\"],\"list\":[\"198.51.100.0/24\"]}";
        centre.warnings =
                new WarningLists(List.of(WarningListReader.read("list.json", list.getBytes(StandardCharsets.UTF_8))));
        String process = report("[process:command_line LIKE 'calc%']").id();
        report(PORT);
        report("[ipv4-addr:value LIKE '198.%']");
        assertEquals(Set.of(process), met(see(Objects.id("observed-data"))));
        assertEquals(Set.of(), met(report(PORT)));
    }

    @Test
    void manyAreCountedAndTheFreshestTold() throws Exception {
        for (int i = 0; i < 7; i++) {
            see(Objects.id("observed-data"));
            report("[network-traffic:dst_ref.value = '198.51.100.7' AND network-traffic:dst_port != " + i + "]");
        }
        ValueMatch last = byPattern(report(PORT)).getFirst();
        assertEquals(7, last.count());
        assertEquals(5, last.met().size());
        assertEquals(8, byPattern(see(Objects.id("observed-data"))).size());
    }

    @Test
    void aNewProcessReadsWhatIsStored() throws Exception {
        String id = report("[process:command_line LIKE 'calc%']").id();
        String seen = see(Objects.id("observed-data")).id();
        Correlator correlator = new Correlator(centre.store, () -> centre.warnings, () -> centre.now);
        PatternFollower follower =
                PatternFollower.start(centre.store, correlator, Duration.ofMillis(20), CentreThreads.unwatched());
        try {
            RunningCentre.await(() -> correlator.patterns().figures().complete());
        } finally {
            follower.close();
        }
        assertEquals(1, correlator.patterns().figures().held());
        CorrelationSubject subject =
                CorrelationSubject.of(centre.store.latest(seen).orElseThrow());
        assertEquals(
                Set.of(id),
                correlator.correlate(List.of(subject), Audience.HOUSEKEEPING).getFirst().matches().stream()
                        .flatMap(match -> match.met().stream())
                        .map(ValueMatch.MatchedObject::id)
                        .collect(Collectors.toSet()));
    }

    @Test
    void anAlertForTheCaseThatGaveTheObservedDataOutOfHand() throws Exception {
        List<CaseMatch> told = new CopyOnWriteArrayList<>();
        try (CaseMatchMonitor watch = new CaseMatchMonitor(
                centre.store,
                new Correlator(centre.store, () -> centre.warnings, () -> centre.now),
                centre.intake,
                0,
                (some, place) -> told.addAll(some),
                CentreThreads.unwatched())) {
            watch.start();
            String seen = see(Objects.id("observed-data")).id();
            CaseFile file = CaseFile.open("A-1", "Shared", "phishing", centre.now)
                    .draft()
                    .share(new CaseShare(
                            "anna", Instant.parse("2026-11-22T07:00:00Z"), Tlp.GREEN, "values", List.of(seen)))
                    .build();
            byte[] bytes = CaseFiles.write(file, centre.identity, Optional.empty(), centre.keys.signer(), centre.now)
                    .bytes();
            assertEquals(
                    Outcome.Status.ACCEPTED,
                    centre.one(new String(bytes, StandardCharsets.UTF_8)).status());
            String id = report(PORT).id();
            RunningCentre.await(() -> !told.isEmpty());
            List<String> sentences = new ArrayList<>();
            told.forEach(one -> sentences.add(one.caseNumber() + " " + one.rule() + " "
                    + one.object().id() + " " + one.objectValue().value()));
            assertTrue(sentences.contains("A-1 PATTERN " + id + " 198.51.100.7"), sentences::toString);
        }
    }
}
