package uz.koprik.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.partners.PartnerSettings;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.Countersignature;
import uz.koprik.indicators.stix.StixReader;
import uz.koprik.indicators.stix.values.SignatureExtension;

/**
 * Somebody submits an object of an id that is here and hidden, and one of an id that is not: the answers and the work
 * are the same.
 */
class HiddenSubmissionTest {

    private static final Source MEMBER = new Source.Account("anna", true);
    private static final Source WRITER = new Source.Account("feed", false, CaseUnits.ALL, Optional.of(Tlp.GREEN));
    private static final Source PARTNER = new Source.Partner("budapest");

    private final StoreTrace trace = new StoreTrace();
    private final String budapest = "identity--" + UUID.randomUUID();
    private CentreKeys keys;
    private TestCentre centre;

    @BeforeEach
    void open(@TempDir Path folder) {
        centre = new TestCentre("tashkent", folder, "", trace::around);
        keys = CentreKeys.generate(
                "budapest",
                SignatureAlgorithms.ALL.getFirst(),
                List.of("127.0.0.1"),
                TestCentre.NOW.minusSeconds(3600));
        centre.trusts(CentreCard.issue("budapest", "Budapest", budapest, keys, "", TestCentre.NOW), "producer");
        agreed(false);
    }

    @AfterEach
    void close() {
        centre.close();
    }

    private void agreed(boolean unsigned) {
        centre.partners.replace(List.of(new PartnerSettings(
                "budapest", false, Duration.ofMillis(200), false, unsigned, Agreement.DEFAULT, Optional.empty())));
    }

    private static String observable(String id, Tlp tlp) {
        return "{\"type\":\"domain-name\",\"spec_version\":\"2.1\",\"id\":\"" + id + "\",\"value\":\"evil.example.com\""
                + (tlp == null ? "" : ",\"object_marking_refs\":[\"" + Markings.id(tlp) + "\"]") + "}";
    }

    private String signed(String object) throws Exception {
        return new String(
                SignatureExtension.attach(
                        StrictJson.parseObject(object.getBytes(StandardCharsets.UTF_8)), keys.signer(), TestCentre.NOW),
                StandardCharsets.UTF_8);
    }

    private Outcome submit(Source source, String... objects) throws Exception {
        return centre.intake.take(TestCentre.offered(objects), source).getLast();
    }

    private interface Submission {
        String[] about(String id) throws Exception;
    }

    private Map<String, Submission> submissions(Source source) {
        String self = source instanceof Source.Partner ? budapest : centre.identity;
        Map<String, Submission> all = new LinkedHashMap<>();
        all.put("an object", id ->
                new String[] {own(source, indicator(id, self, "2026-11-01T00:00:00.000Z", Tlp.GREEN))});
        all.put("a later version", id ->
                new String[] {own(source, indicator(id, self, "2026-11-02T00:00:00.000Z", Tlp.GREEN))});
        all.put("a report on it", id -> new String[] {own(source, Objects.report(Objects.id("report"), self, id))});
        if (source instanceof Source.Partner) {
            all.put("an object that nobody signed", id ->
                    new String[] {indicator(id, null, "2026-11-01T00:00:00.000Z", Tlp.GREEN)});
        }
        return all;
    }

    private String own(Source source, String object) throws Exception {
        return source instanceof Source.Partner ? signed(object) : object;
    }

    private static String indicator(String id, String creator, String modified, Tlp tlp) {
        return Objects.indicator(id, creator, "[domain-name:value = 'evil.example.com']", modified, tlp);
    }

    @Test
    void theSameWorkAndAnswerWhetherTheIdIsHereOrNot() throws Exception {
        for (Source source : List.of(WRITER, PARTNER)) {
            for (Map.Entry<String, Submission> submitted : submissions(source).entrySet()) {
                String hidden = Objects.id("indicator");
                submit(MEMBER, indicator(hidden, centre.identity, "2026-11-01T00:00:00.000Z", Tlp.RED));
                Work there = work(source, submitted.getValue().about(hidden));
                Work absent = work(source, submitted.getValue().about(Objects.id("indicator")));
                assertEquals(absent.answer, there.answer, source.name() + " submits " + submitted.getKey());
                assertEquals(absent.calls, there.calls, source.name() + " submits " + submitted.getKey());
            }
        }
    }

    private record Work(String answer, List<String> calls) {}

    private Work work(Source source, String... objects) throws Exception {
        Outcome[] outcome = new Outcome[1];
        List<String> calls = trace.of(() -> outcome[0] = submit(source, objects));
        // Evidence of two objects under one id is kept before the answer: docs/threat-model.md.
        List<String> kinds = calls.stream()
                .map(call -> call.replaceAll(" -> .*", ""))
                .filter(call -> !call.equals("at"))
                .toList();
        return new Work(outcome[0].status() + " " + outcome[0].refusal(), kinds);
    }

    /** Shows that the trace sees a difference. */
    @Test
    void aMemberIsAnsweredWhatIsThere() throws Exception {
        String there = Objects.id("indicator");
        submit(MEMBER, indicator(there, centre.identity, "2026-11-01T00:00:00.000Z", Tlp.RED));
        String absent = Objects.id("indicator");
        Work one = work(MEMBER, indicator(there, centre.identity, "2026-11-01T00:00:00.000Z", Tlp.GREEN));
        assertNotEquals(
                work(MEMBER, indicator(absent, centre.identity, "2026-11-01T00:00:00.000Z", Tlp.GREEN)).answer,
                one.answer);
    }

    /** Ids of observables follow from their values, so that anybody can guess them. */
    @Test
    void aHiddenCountersignatureDoesNotVouchForWhatAPartnerGuesses() throws Exception {
        String hidden = observable(Objects.id("domain-name"), Tlp.RED);
        assertEquals(Outcome.Status.ACCEPTED, submit(MEMBER, hidden).status());
        Outcome guessed = submit(PARTNER, hidden);
        Outcome absent = submit(PARTNER, observable(Objects.id("domain-name"), Tlp.RED));
        assertEquals(absent.status() + " " + absent.refusal(), guessed.status() + " " + guessed.refusal());
    }

    @Test
    void whatAPartnerSentBeforeVouchesThoughItIsHiddenFromIt() throws Exception {
        String object = observable(Objects.id("domain-name"), Tlp.RED);
        Countersignature said = Countersignature.of(
                StixReader.read(object.getBytes(StandardCharsets.UTF_8)), budapest, Countersignature.Role.IMPORTER);
        String voucher =
                new String(said.write(Tlp.RED, keys.signer(), TestCentre.NOW).bytes(), StandardCharsets.UTF_8);
        assertEquals(Outcome.Status.ACCEPTED, submit(PARTNER, voucher).status());
        assertEquals(Outcome.Status.ACCEPTED, submit(PARTNER, object).status());
    }

    /** An account would see by its own text whether an object is here that it may not know of. */
    @Test
    void aTextOfAnAccountIsNotNarrowedByWhatAnotherAccountKeepsFromIt() throws Exception {
        String hidden = Objects.id("domain-name");
        submit(MEMBER, observable(hidden, Tlp.RED));
        String report = Objects.id("report");
        submit(WRITER, Objects.report(report, centre.identity, hidden));
        assertEquals(
                1,
                centre.release
                        .versions(new Recipient.Client("feed", Tlp.GREEN), report)
                        .size());
    }

    /** A caller that names the id of a hidden object could take texts of others out of view. */
    @Test
    void anObjectKeptApartNarrowsNoText() throws Exception {
        String indicator = Objects.id("indicator");
        submit(MEMBER, indicator(indicator, centre.identity, "2026-11-01T00:00:00.000Z", Tlp.AMBER));
        String report = Objects.id("report");
        submit(PARTNER, signed(Objects.report(report, budapest, indicator)));
        String other = Objects.id("report");
        submit(MEMBER, Objects.report(other, centre.identity, indicator));
        assertEquals(
                Outcome.Status.ACCEPTED,
                submit(WRITER, indicator(indicator, centre.identity, "2026-11-01T00:00:00.000Z", Tlp.RED))
                        .status());
        assertEquals(
                Outcome.Status.ACCEPTED,
                submit(PARTNER, signed(indicator(indicator, budapest, "2026-11-01T00:00:00.000Z", Tlp.RED)))
                        .status());
        assertEquals(
                Tlp.AMBER, centre.store.latest(other).orElseThrow().release().tlp());
    }

    /** The newer version stands in a circle of references with the older one, which it narrows. */
    @Test
    void aNarrowingVersionContinuesWhatItNarrows() throws Exception {
        String one = Objects.id("report");
        String two = Objects.id("report");
        Source amber = new Source.Account("amber", false, CaseUnits.ALL, Optional.of(Tlp.AMBER));
        submit(amber, Objects.report(one, centre.identity, two));
        submit(amber, Objects.report(two, centre.identity, one));
        String narrow = Objects.report(one, centre.identity, two)
                .replace("\"modified\":\"2026-11-01", "\"modified\":\"2026-11-02")
                .replace("\"name\":", "\"object_marking_refs\":[\"" + Markings.id(Tlp.RED) + "\"],\"name\":");
        submit(amber, narrow);
        assertEquals(1, centre.store.statements(one).size());
    }

    @Test
    void aLaterEditionOfAHiddenObservableGoesNoFurther() throws Exception {
        String id = Objects.id("domain-name");
        submit(PARTNER, signed(observable(id, Tlp.RED)));
        submit(PARTNER, signed(observable(id, Tlp.GREEN)));
        assertEquals(Tlp.RED, centre.store.latest(id).orElseThrow().release().tlp());
    }

    @Test
    void whatACentreSignsAndWhatItVouchesForIsOneStatement() throws Exception {
        String id = Objects.id("domain-name");
        agreed(true);
        submit(PARTNER, observable(id, Tlp.GREEN));
        submit(PARTNER, signed(observable(id, Tlp.RED)));
        assertEquals(1, centre.store.statements(id).size());
    }
}
