package uz.koprik.gateway.redactions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.crypto.KnownCentre;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.intake.Objects;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.Outcome.Status;
import uz.koprik.gateway.intake.TestCentre;
import uz.koprik.gateway.recalls.TestRecalls;
import uz.koprik.gateway.release.Explanation;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseFiles;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.PersonalUse;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.Recall;
import uz.koprik.indicators.stix.StixWriter;
import uz.koprik.indicators.stix.values.RedactionExtension;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.ErasureOrder;
import uz.koprik.indicators.store.Versions;

/** How redactions follow their originals at the centre that made them. */
class RedactionKeeperTest {

    private static final RedactionGoal GREEN = new RedactionGoal.UpTo(Tlp.GREEN);
    private static final String DOMAIN = "domain-name:value = 'victim.example.com'";
    private static final String EMAIL = "email-addr:value = 'a@example.com'";

    /** One who says the purpose that the agreement with Budapest asks for. */
    private static final Caller ANNA = new Caller(
            "anna",
            Set.of(Right.ANALYSE, Right.WRITE),
            new Recipient.Analyst("anna", CaseUnits.ALL, PersonalUse.of("fraud")),
            new Source.Account("anna", true));

    private KnownCentre known;
    private TestCentre tashkent;
    private TestCentre budapest;
    private Release release;
    private TestRecalls recalls;
    private String id;

    @BeforeEach
    void open(@TempDir Path folder) {
        known = KnownCentre.fresh("tashkent", TestCentre.NOW.minusSeconds(3600));
        tashkent = new TestCentre("tashkent", folder.resolve("tashkent"), known);
        budapest = new TestCentre("budapest", folder.resolve("budapest"));
        budapest.trusts(tashkent, "producer");
        serve();
        id = Objects.id("indicator");
    }

    private void serve() {
        tashkent.trusts(budapest, "producer");
        release = new Release(
                tashkent.store,
                tashkent.correlator,
                Set::of,
                () -> Map.of("budapest", Set.of("fraud")),
                () -> tashkent.now);
        recalls = new TestRecalls(tashkent.intake, release, tashkent.trust, () -> tashkent.now);
    }

    @AfterEach
    void close() {
        tashkent.close();
        budapest.close();
    }

    private String indicator(TestCentre producer, int version, Optional<Tlp> whole, String pattern) {
        return ("{'type':'indicator','spec_version':'2.1','id':'" + id + "','created_by_ref':'" + producer.identity
                        + "','created':'2026-11-01T00:00:00.000Z','modified':'2026-11-0" + version
                        + "T00:00:00.000Z','name':'Phishing','description':'the victim is Example Bank','pattern':'["
                        + pattern.replace("'", "\\u0027")
                        + "]','pattern_type':'stix','valid_from':'2026-11-01T00:00:00Z',"
                        + whole.map(tlp -> "'object_marking_refs':['" + Markings.id(tlp) + "'],")
                                .orElse("")
                        + "'granular_markings':[{'marking_ref':'" + Markings.id(Tlp.RED)
                        + "','selectors':['description']}]}")
                .replace('\'', '"');
    }

    private void fromBudapest(String object) throws Exception {
        assertEquals(Status.ACCEPTED, budapest.one(object).status());
        tashkent.byPartner("budapest", budapest.published())
                .forEach(outcome -> assertNotEquals(Status.REFUSED, outcome.status(), outcome::toString));
    }

    private String redacted() throws Exception {
        RedactionDesk desk = new RedactionDesk(
                tashkent.intake, release, tashkent.trust, recalls.book(), Tlp.CLEAR, () -> tashkent.now);
        RedactionPlan plan = desk.plan(id, GREEN, ANNA);
        for (Outcome outcome : desk.redact(plan, "for the partners", false, ANNA)) {
            assertEquals(Status.ACCEPTED, outcome.status(), outcome::toString);
        }
        return plan.id();
    }

    private void look(Tlp unmarked) {
        tashkent.now = tashkent.now.plusSeconds(10);
        new RedactionKeeper(
                        tashkent.intake,
                        release,
                        recalls.book(),
                        recalls.desk(),
                        unmarked,
                        () -> tashkent.store.status().lastSeq(),
                        () -> tashkent.now)
                .look();
    }

    private Entry latest(String object) throws Exception {
        return tashkent.store.versions(object).getLast();
    }

    private boolean isThere(String redaction) throws Exception {
        return latest(redaction).facts().refs().contains(RedactionExtension.mark());
    }

    @Test
    void aLaterVersionWithoutAMarkingCountsAsUnmarkedObjectsDo() throws Exception {
        tashkent.one(indicator(tashkent, 1, Optional.of(Tlp.GREEN), DOMAIN));
        String made = redacted();
        tashkent.one(indicator(tashkent, 2, Optional.empty(), DOMAIN));
        look(Tlp.AMBER);
        assertEquals(Tlp.AMBER, latest(made).release().tlp());
    }

    @Test
    void anOriginalThatNeedsAPurposeIsNotTakenForWithdrawn() throws Exception {
        fromBudapest(indicator(budapest, 1, Optional.of(Tlp.GREEN), DOMAIN));
        String made = redacted();
        fromBudapest(indicator(budapest, 2, Optional.of(Tlp.GREEN), EMAIL));
        look(Tlp.CLEAR);
        assertTrue(isThere(made));
    }

    @Test
    void aRedactionThatNeedsAPurposeFollowsItsOriginal() throws Exception {
        fromBudapest(indicator(budapest, 1, Optional.of(Tlp.GREEN), EMAIL));
        String made = redacted();
        look(Tlp.CLEAR);
        assertTrue(isThere(made));
        fromBudapest(indicator(budapest, 2, Optional.of(Tlp.AMBER), EMAIL));
        look(Tlp.CLEAR);
        assertEquals(Tlp.AMBER, latest(made).release().tlp());
    }

    @Test
    void oneWhoseOriginalIsErasedIsRecalled() throws Exception {
        tashkent.one(indicator(tashkent, 1, Optional.of(Tlp.GREEN), DOMAIN));
        String made = redacted();
        tashkent.store.erase(List.of(new ErasureOrder(List.of(id), "order: 7", "anna")));
        look(Tlp.CLEAR);
        assertFalse(isThere(made));
        String reason = recalls.book().ofObject(made).getFirst().recall().reason();
        assertTrue(reason.contains("erased"), reason);
    }

    /** What makes an object stricter is named to those only who may know of it. */
    @Test
    void anExplanationNamesNothingThatNeedsAPurpose() throws Exception {
        fromBudapest(indicator(budapest, 1, Optional.of(Tlp.GREEN), EMAIL));
        String note = Objects.id("note");
        tashkent.one(("{'type':'note','spec_version':'2.1','id':'" + note + "','created_by_ref':'"
                        + tashkent.identity + "','created':'2026-11-02T00:00:00.000Z',"
                        + "'modified':'2026-11-02T00:00:00.000Z','content':'seen','object_refs':['" + id
                        + "'],'object_marking_refs':['" + Markings.id(Tlp.CLEAR) + "']}")
                .replace('\'', '"'));
        Recipient seoul = new Recipient.Client("seoul", Tlp.AMBER);
        Recipient knows = new Recipient.Analyst("anna", CaseUnits.ALL, PersonalUse.OF_CENTRE);
        assertEquals(
                List.of(id),
                release.explain(note, seoul, knows).orElseThrow().because().stream()
                        .map(Explanation.Stricter::id)
                        .toList());
        assertEquals(
                List.of(),
                release.explain(note, seoul, new Recipient.Analyst("anna", CaseUnits.ALL))
                        .orElseThrow()
                        .because());
    }

    private void namingVersion(int version, String recipient) throws Exception {
        String marking = Objects.id("marking-definition");
        tashkent.byAnalyst(
                Objects.naming(marking, tashkent.identity, recipient, ""),
                indicator(tashkent, version, Optional.of(Tlp.GREEN), DOMAIN)
                        .replace("\"object_marking_refs\":[", "\"object_marking_refs\":[\"" + marking + "\","));
    }

    @Test
    void twoMarkingsThatNameTheSameAreAlike() throws Exception {
        namingVersion(1, budapest.identity);
        String made = redacted();
        namingVersion(2, budapest.identity);
        look(Tlp.CLEAR);
        assertTrue(isThere(made));
        namingVersion(3, Objects.id("identity"));
        look(Tlp.CLEAR);
        assertFalse(isThere(made));
    }

    private void recalled(int version, Optional<Tlp> narrowed) throws Exception {
        Recall recall = new Recall(
                "recall--" + UUID.randomUUID(),
                tashkent.now,
                tashkent.identity,
                id,
                StixTimestamp.micros(Instant.parse("2026-11-0" + version + "T00:00:00Z")),
                narrowed.isPresent() ? Recall.Act.NARROW : Recall.Act.WITHDRAW,
                narrowed,
                "a mistake");
        recalls.note(recall, StixWriter.signed(recall.json(), tashkent.keys.signer(), tashkent.now));
        tashkent.now = tashkent.now.plusSeconds(1);
    }

    /** The later version of the original is right again, and so is what was made of it. */
    @Test
    void whatWasMadeOfAnEarlierVersionFollowsTheRecallOfThat() throws Exception {
        tashkent.one(indicator(tashkent, 1, Optional.of(Tlp.GREEN), DOMAIN));
        String made = redacted();
        tashkent.now = tashkent.now.plusSeconds(1);
        tashkent.one(indicator(tashkent, 2, Optional.of(Tlp.GREEN), EMAIL));
        assertEquals(made, redacted());
        recalled(1, Optional.of(Tlp.AMBER));
        look(Tlp.CLEAR);
        List<Entry> versions = tashkent.store.versions(made);
        assertEquals(
                List.of(Tlp.AMBER, Tlp.GREEN),
                versions.stream().map(version -> version.release().tlp()).toList());
        recalled(1, Optional.empty());
        look(Tlp.CLEAR);
        assertEquals(
                List.of(versions.getLast().seq()),
                tashkent.store.versions(made).stream().map(Entry::seq).toList());
        look(Tlp.CLEAR);
        assertEquals(2, recalls.book().ofObject(made).size(), "each once");
    }

    /** As after a backup from before the redaction: Budapest has it, and hands it back. */
    @Test
    void oneThatCameBackFromAPartnerEndsWithItsOriginalAllTheSame(@TempDir Path folder) throws Exception {
        String original = indicator(tashkent, 1, Optional.of(Tlp.GREEN), DOMAIN);
        for (String end : List.of("recalled", "narrowed", "withdrawn", "stricter", "revoked")) {
            tashkent.one(original);
            String made = redacted();
            String copy = tashkent.stored(made);
            tashkent.close();
            tashkent = new TestCentre("tashkent", folder.resolve(end), known);
            serve();
            tashkent.one(original);
            assertEquals(
                    Status.ACCEPTED,
                    tashkent.byPartner("budapest", copy).getFirst().status());
            look(Tlp.CLEAR);
            assertTrue(isThere(made));
            switch (end) {
                case "recalled" -> recalled(1, Optional.empty());
                case "narrowed" -> recalled(1, Optional.of(Tlp.AMBER));
                case "withdrawn" -> tashkent.intake.withdraw(id, Versions.ALL, "a mistake", ANNA.source());
                case "stricter" -> tashkent.one(indicator(tashkent, 2, Optional.of(Tlp.AMBER), DOMAIN));
                default ->
                    tashkent.one(indicator(tashkent, 2, Optional.of(Tlp.GREEN), DOMAIN)
                            .replace("\"name\"", "\"revoked\":true,\"name\""));
            }
            look(Tlp.CLEAR);
            boolean stays = List.of("narrowed", "stricter").contains(end);
            assertEquals(stays, isThere(made) && !latest(made).facts().revoked(), end);
            if (stays) {
                assertEquals(Tlp.AMBER, latest(made).release().tlp(), end);
            }
            tashkent.close();
            tashkent = new TestCentre("tashkent", folder.resolve(end + "-next"), known);
            serve();
        }
    }

    /** A later version of it would go to nobody, and so not to the partners that have it. */
    @Test
    void oneWhoseOriginalRefersToACaseFileByNowIsRecalled() throws Exception {
        CaseFile file = CaseFile.open("T-2026-014", "Test case", "card-fraud", tashkent.now);
        tashkent.byAnalyst(new String(
                CaseFiles.write(file, tashkent.identity, Optional.empty(), tashkent.keys.signer(), tashkent.now)
                        .bytes(),
                StandardCharsets.UTF_8));
        for (boolean later : List.of(false, true)) {
            id = Objects.id("report");
            String other = Objects.id("report");
            tashkent.one(report(1, Tlp.GREEN, "", other));
            String made = redacted();
            if (later) {
                tashkent.one(report(2, Tlp.AMBER, "", CaseFiles.id(tashkent.identity, "T-2026-014")));
                assertFalse(latest(made).release().house());
            } else {
                String original = id;
                id = other;
                tashkent.one(report(1, Tlp.GREEN, "", CaseFiles.id(tashkent.identity, "T-2026-014")));
                id = original;
                tashkent.one(report(2, Tlp.GREEN, ",\"revoked\":true", other));
                assertTrue(latest(made).release().house());
            }
            look(Tlp.CLEAR);
            assertFalse(isThere(made));
            assertEquals(1, recalls.book().ofObject(made).size());
        }
    }

    private String report(int version, Tlp whole, String more, String ref) {
        return ("{'type':'report','spec_version':'2.1','id':'" + id + "','created_by_ref':'" + tashkent.identity
                        + "','created':'2026-11-01T00:00:00.000Z','modified':'2026-11-0" + version
                        + "T00:00:00.000Z','name':'Phishing','description':'the victim is Example Bank',"
                        + "'published':'2026-11-01T00:00:00Z','object_refs':['" + ref + "'],'object_marking_refs':['"
                        + Markings.id(whole) + "'],'granular_markings':[{'marking_ref':'" + Markings.id(Tlp.RED)
                        + "','selectors':['description']}]" + more + "}")
                .replace('\'', '"');
    }
}
