package uz.koprik.gateway.redactions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.config.FileStateStore;
import uz.koprik.gateway.desk.DeskPapers;
import uz.koprik.gateway.desk.ReleaseQueue;
import uz.koprik.gateway.intake.Objects;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.Outcome.Status;
import uz.koprik.gateway.intake.TestCentre;
import uz.koprik.gateway.recalls.TestRecalls;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseFiles;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.AgreementBasis;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.DeskRule;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.ReleaseDecision;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.Recall;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;
import uz.koprik.indicators.stix.StixWriter;
import uz.koprik.indicators.stix.values.RedactionExtension;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.store.StoredObject;

/** Redactions of own objects and of those of partners: what goes out, to whom, and what stays the partner's. */
class RedactionDeskTest {

    private static final RedactionGoal GREEN = new RedactionGoal.UpTo(Tlp.GREEN);
    private static final Caller ANNA = new Caller(
            "anna",
            Set.of(Right.ANALYSE, Right.WRITE),
            new Recipient.Analyst("anna", CaseUnits.ALL),
            new Source.Account("anna", true));

    private TestCentre tashkent;
    private TestCentre budapest;
    private TestRecalls recalls;
    private RedactionDesk desk;
    private String id;
    private String tool;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        tashkent = new TestCentre("tashkent", folder.resolve("tashkent"));
        budapest = new TestCentre("budapest", folder.resolve("budapest"));
        tashkent.trusts(budapest, "producer");
        budapest.trusts(tashkent, "producer");
        recalls = new TestRecalls(tashkent.intake, tashkent.release, tashkent.trust, () -> tashkent.now);
        desk = new RedactionDesk(
                tashkent.intake, tashkent.release, tashkent.trust, recalls.book(), Tlp.CLEAR, () -> tashkent.now);
        id = Objects.id("report");
        tool = Objects.id("tool");
    }

    @AfterEach
    void close() {
        tashkent.close();
        budapest.close();
    }

    /** A report with a label and a description that a granular marking selects. */
    private String report(TestCentre producer, String day, String whole, String part) {
        return ("{'type':'report','spec_version':'2.1','id':'" + id + "','created_by_ref':'" + producer.identity
                        + "','created':'2026-11-01T00:00:00.000Z','modified':'2026-11-" + day + "T00:00:00.000Z',"
                        + "'name':'Phishing','description':'the victim is Example Bank','published':'2026-11-01T00:00:00Z',"
                        + "'labels':['one','secret label'],'object_refs':['" + tool + "'],"
                        + (whole.isEmpty() ? "" : "'object_marking_refs':['" + whole + "'],")
                        + "'granular_markings':[{'marking_ref':'" + part
                        + "','selectors':['description','labels.[1]']}]}")
                .replace('\'', '"');
    }

    private static String tlp(Tlp tlp) {
        return Markings.id(tlp);
    }

    private RedactionPlan plan(RedactionGoal goal) throws Exception {
        return desk.plan(id, goal, ANNA);
    }

    private String redacted(RedactionGoal goal) throws Exception {
        RedactionPlan plan = plan(goal);
        List<Outcome> outcomes = desk.redact(plan, "for the partners", false, ANNA);
        outcomes.forEach(outcome -> assertEquals(Status.ACCEPTED, outcome.status(), outcome::toString));
        return plan.id();
    }

    private RedactionRefused refused(RedactionGoal goal) {
        return assertThrows(RedactionRefused.class, () -> plan(goal));
    }

    private ReleaseTerms terms(String object) throws Exception {
        return tashkent.store.latest(object).orElseThrow().release();
    }

    private ReleaseDecision to(Recipient recipient, String object) throws Exception {
        return tashkent.release.explain(object, recipient).orElseThrow().decision();
    }

    private static Recipient.Partner seoul(Tlp most, String... closed) {
        return new Recipient.Partner(
                "seoul",
                new Agreement(
                        most,
                        Optional.empty(),
                        Optional.empty(),
                        "test",
                        new AgreementBasis.Settings(),
                        Set.of(closed)));
    }

    private void fromBudapest(String... objects) throws Exception {
        budapest.byAnalyst(objects)
                .forEach(outcome -> assertEquals(Status.ACCEPTED, outcome.status(), outcome::toString));
        tashkent.byPartner("budapest", budapest.published())
                .forEach(outcome -> assertNotEquals(Status.REFUSED, outcome.status(), outcome::toString));
    }

    @Test
    void anOwnObjectGoesWithoutItsStricterPart() throws Exception {
        tashkent.one(report(tashkent, "01", tlp(Tlp.GREEN), tlp(Tlp.RED)));
        assertFalse(to(seoul(Tlp.GREEN), id).released());
        String made = redacted(GREEN);
        assertNotEquals(id, made);
        assertTrue(to(seoul(Tlp.GREEN), made).released());
        assertEquals(new ReleaseTerms(Tlp.GREEN, true, false, false).withKinds(Set.of()), terms(made));
        String text = tashkent.stored(made);
        for (String cut : List.of("Example Bank", "secret label", "granular_markings")) {
            assertFalse(text.contains(cut), text);
        }
        assertTrue(text.contains("\"labels\":[\"one\"]"), text);
        assertEquals(
                Optional.of(id),
                tashkent.store
                        .latest(made)
                        .map(StoredObject::json)
                        .flatMap(RedactionExtension::read)
                        .map(RedactionExtension.Origin::original));
        // The original is as it was.
        assertTrue(tashkent.stored(id).contains("Example Bank"));
        assertEquals(Tlp.RED, terms(id).tlp());
        // A partner that takes it verifies our signature.
        assertEquals(
                Status.ACCEPTED, budapest.byPartner("tashkent", text).getFirst().status());
    }

    @Test
    void theSameOrderTwiceMakesOneRedactionAndANewVersionItsNext() throws Exception {
        tashkent.one(report(tashkent, "01", tlp(Tlp.GREEN), tlp(Tlp.RED)));
        RedactionPlan first = plan(GREEN);
        assertEquals(RedactionPlan.State.NEW, first.state());
        assertEquals(first.id(), plan(GREEN).id(), "a preview stores nothing, and the id follows from what is cut");
        String made = redacted(GREEN);
        tashkent.now = tashkent.now.plusSeconds(60);
        for (RedactionGoal goal : List.of(GREEN, new RedactionGoal.AsTheWhole(), new RedactionGoal.UpTo(Tlp.AMBER))) {
            assertEquals(RedactionPlan.State.UNCHANGED, plan(goal).state());
            assertEquals(made, plan(goal).id());
        }
        KnownRedactions known = new KnownRedactions(tashkent.release, tashkent.intake.localCentre());
        assertEquals(1, known.of(id, ANNA.recipient()).size());
        assertFalse(known.outdated(
                known.of(id, ANNA.recipient()).getFirst(),
                tashkent.store.latest(id).orElseThrow()));

        tashkent.one(report(tashkent, "02", tlp(Tlp.GREEN), tlp(Tlp.RED)).replace("Phishing", "More phishing"));
        assertTrue(known.outdated(
                known.of(id, ANNA.recipient()).getFirst(),
                tashkent.store.latest(id).orElseThrow()));
        assertEquals(RedactionPlan.State.NEW_VERSION, plan(GREEN).state());
        assertEquals(made, redacted(GREEN));
        assertTrue(tashkent.stored(made).contains("More phishing"));
        assertEquals(2, tashkent.store.versions(made).size());
        assertFalse(known.outdated(
                known.of(id, ANNA.recipient()).getFirst(),
                tashkent.store.latest(id).orElseThrow()));
    }

    @Test
    void severalReadersGetRedactionsOfTheirOwn() throws Exception {
        tashkent.one(report(tashkent, "01", tlp(Tlp.CLEAR), tlp(Tlp.RED))
                .replace(
                        "\"granular_markings\":[",
                        "\"confidence\":77,\"granular_markings\":[{\"marking_ref\":\"" + tlp(Tlp.AMBER)
                                + "\",\"selectors\":[\"confidence\"]},"));
        String green = redacted(GREEN);
        String amber = redacted(new RedactionGoal.UpTo(Tlp.AMBER));
        assertNotEquals(green, amber);
        assertEquals(Tlp.CLEAR, terms(green).tlp());
        assertEquals(Tlp.AMBER, terms(amber).tlp());
        assertFalse(tashkent.stored(green).contains("confidence"));
        assertTrue(tashkent.stored(amber).contains("\"confidence\":77"));
        assertFalse(to(seoul(Tlp.GREEN), amber).released());
        assertTrue(to(seoul(Tlp.AMBER), amber).released());
        assertEquals(amber, plan(new RedactionGoal.ForPartner(seoul(Tlp.AMBER))).id());
        assertEquals(green, plan(new RedactionGoal.ForPartner(seoul(Tlp.GREEN))).id());
    }

    @Test
    void whatAPartnerGaveStaysFromThatPartner() throws Exception {
        fromBudapest(report(budapest, "01", tlp(Tlp.GREEN), tlp(Tlp.AMBER)));
        assertEquals(
                ReleaseDecision.Code.NOT_HANDED_ON, to(seoul(Tlp.AMBER), id).code());
        String made = redacted(GREEN);
        assertFalse(terms(made).own(), "this centre signed it, and did not make what it says");
        assertEquals(Set.of("budapest"), terms(made).from());
        assertTrue(to(seoul(Tlp.GREEN), made).released());
        assertEquals(
                ReleaseDecision.Code.RELAY_NOT_AGREED,
                to(seoul(Tlp.GREEN, "budapest"), made).code(),
                "article 5 of its producer");
    }

    @Test
    void whatAPartnerMarkedAmberAsAWholeIsNotWidened() throws Exception {
        fromBudapest(report(budapest, "01", tlp(Tlp.AMBER), tlp(Tlp.RED)));
        for (RedactionGoal goal : List.of(
                GREEN,
                new RedactionGoal.AsTheWhole(),
                new RedactionGoal.UpTo(Tlp.AMBER_STRICT),
                new RedactionGoal.ForPartner(seoul(Tlp.AMBER)))) {
            assertEquals(RedactionRefused.Kind.INVALID, refused(goal).kind());
        }
        assertTrue(refused(GREEN).getMessage().contains("not handed on"), refused(GREEN)::getMessage);
    }

    @Test
    void anOwnObjectIsNotWidenedEither() throws Exception {
        tashkent.one(report(tashkent, "01", tlp(Tlp.AMBER), tlp(Tlp.RED)));
        assertTrue(refused(GREEN).getMessage().contains("above TLP:GREEN"), refused(GREEN)::getMessage);
        assertEquals(Tlp.AMBER, terms(redacted(new RedactionGoal.AsTheWhole())).tlp());
    }

    @Test
    void theRestInheritsFromWhatItRefersToAndNotFromItsOriginal() throws Exception {
        tashkent.one(report(tashkent, "01", tlp(Tlp.GREEN), tlp(Tlp.RED)));
        String made = redacted(GREEN);
        // That the original becomes stricter is not inherited: RedactionKeeper narrows the redaction by an act of its
        // own.
        tashkent.one(report(tashkent, "02", tlp(Tlp.RED), tlp(Tlp.RED)));
        assertEquals(Tlp.GREEN, terms(made).tlp());
        tashkent.intake.recover();
        assertEquals(Tlp.GREEN, terms(made).tlp());
        // What the rest refers to becomes stricter, and so does the redaction.
        tashkent.one(("{'type':'tool','spec_version':'2.1','id':'" + tool + "','created_by_ref':'" + tashkent.identity
                        + "','created':'2026-11-01T00:00:00.000Z','modified':'2026-11-01T00:00:00.000Z','name':'x',"
                        + "'object_marking_refs':['" + tlp(Tlp.RED) + "']}")
                .replace('\'', '"'));
        assertEquals(Tlp.RED, terms(made).tlp());
        tashkent.one(report(tashkent, "03", tlp(Tlp.GREEN), tlp(Tlp.RED)));
        assertTrue(refused(GREEN).getMessage().contains(tool), refused(GREEN)::getMessage);
    }

    @Test
    void anUnknownMarkingCountsAsTheStrictestAndIsSaidSo() throws Exception {
        String unknown = Objects.id("marking-definition");
        tashkent.one(report(tashkent, "01", tlp(Tlp.GREEN), unknown));
        assertEquals(Tlp.RED, terms(id).tlp());
        RedactionPlan plan = plan(GREEN);
        assertEquals(
                List.of(
                        new RedactionPlan.CutPart("/description", unknown, true),
                        new RedactionPlan.CutPart("/labels/1", unknown, true)),
                plan.cut());
        assertEquals(Tlp.GREEN, terms(redacted(GREEN)).tlp());

        tashkent.one(report(tashkent, "02", unknown, tlp(Tlp.RED)));
        assertEquals("/object_marking_refs/0", refused(GREEN).pointer());
    }

    private String recipients(TestCentre producer, String marking, String recipient) {
        return recipients(producer, marking, recipient, "");
    }

    private String recipients(TestCentre producer, String marking, String recipient, String more) {
        return Objects.naming(marking, producer.identity, recipient, more);
    }

    @Test
    void recipientsOfTheWholeCarryOverAndOnlyItsCreatorNamesThem() throws Exception {
        String marking = Objects.id("marking-definition");
        tashkent.byAnalyst(
                recipients(tashkent, marking, budapest.identity),
                report(tashkent, "01", marking, tlp(Tlp.RED))
                        .replace("\"object_marking_refs\":[", "\"object_marking_refs\":[\"" + tlp(Tlp.GREEN) + "\","));
        String made = redacted(GREEN);
        assertEquals(Optional.of(Set.of(budapest.identity)), terms(made).recipients());
        assertEquals(ReleaseDecision.Code.NOT_NAMED, to(seoul(Tlp.GREEN), made).code());

        id = Objects.id("report");
        String theirs = Objects.id("marking-definition");
        fromBudapest(
                recipients(budapest, theirs, tashkent.identity),
                report(budapest, "01", tlp(Tlp.GREEN), tlp(Tlp.AMBER))
                        .replace("\"object_marking_refs\":[", "\"object_marking_refs\":[\"" + theirs + "\","));
        assertEquals("/object_marking_refs/0", refused(GREEN).pointer());
    }

    @Test
    void whatAnotherCentreNamesOnAnOwnObjectIsUnknown() throws Exception {
        String theirs = Objects.id("marking-definition");
        fromBudapest(recipients(budapest, theirs, tashkent.identity));
        tashkent.one(report(tashkent, "01", theirs, tlp(Tlp.RED)));
        assertEquals(Tlp.RED, terms(id).tlp());
        RedactionRefused refused = refused(new RedactionGoal.AsTheWhole());
        assertTrue(refused.getMessage().contains("unknown here"), refused::getMessage);

        tashkent.one(report(tashkent, "02", tlp(Tlp.GREEN), theirs));
        assertEquals(
                List.of(
                        new RedactionPlan.CutPart("/description", theirs, true),
                        new RedactionPlan.CutPart("/labels/1", theirs, true)),
                plan(GREEN).cut());
    }

    @Test
    void anObjectWithoutACreatorIsOfWhoVouchesForIt() throws Exception {
        String marking = Objects.id("marking-definition");
        tashkent.byAnalyst(
                recipients(tashkent, marking, budapest.identity),
                report(tashkent, "01", marking, tlp(Tlp.RED))
                        .replace("\"object_marking_refs\":[", "\"object_marking_refs\":[\"" + tlp(Tlp.GREEN) + "\",")
                        .replaceAll("\"created_by_ref\":\"[^\"]*\",", ""));
        assertEquals(
                Optional.of(Set.of(budapest.identity)), terms(redacted(GREEN)).recipients());
    }

    /** It counts as TLP:RED since it came. A member who knows the marking does not open it by a redaction. */
    @Test
    void whatItsSubmitterCouldNotKnowIsUnknown() throws Exception {
        String marking = Objects.id("marking-definition");
        tashkent.byAnalyst(recipients(tashkent, marking, budapest.identity));
        String object = report(tashkent, "01", marking, tlp(Tlp.RED)).replaceAll("\"created_by_ref\":\"[^\"]*\",", "");
        Source client = new Source.Account("client", false, CaseUnits.ALL, Optional.of(Tlp.GREEN));
        assertEquals(
                Status.ACCEPTED,
                tashkent.intake
                        .take(TestCentre.offered(object), client)
                        .getFirst()
                        .status());
        assertEquals(
                "/object_marking_refs/0",
                refused(new RedactionGoal.AsTheWhole()).pointer());
    }

    private void narrowed(int version, Tlp tlp) throws Exception {
        Recall recall = new Recall(
                "recall--" + UUID.randomUUID(),
                tashkent.now,
                tashkent.identity,
                id,
                StixTimestamp.micros(Instant.parse("2026-11-0" + version + "T00:00:00Z")),
                Recall.Act.NARROW,
                Optional.of(tlp),
                "a mistake");
        recalls.note(recall, StixWriter.signed(recall.json(), tashkent.keys.signer(), tashkent.now));
        tashkent.now = tashkent.now.plusSeconds(1);
    }

    /** Of all recalls that mean a version the narrowest counts, not the last one, and none of an earlier version. */
    @Test
    void theNarrowestRecallOfAVersionCounts() throws Exception {
        tashkent.one(report(tashkent, "01", tlp(Tlp.GREEN), tlp(Tlp.RED)));
        narrowed(1, Tlp.AMBER_STRICT);
        narrowed(1, Tlp.AMBER);
        assertTrue(tashkent.stored(redacted(new RedactionGoal.UpTo(Tlp.AMBER_STRICT)))
                .contains(tlp(Tlp.AMBER_STRICT)));
        tashkent.one(report(tashkent, "02", tlp(Tlp.GREEN), tlp(Tlp.RED)));
        assertEquals(Tlp.GREEN, terms(redacted(GREEN)).tlp());
    }

    /** An embargo refuses nothing, and hides nothing else that does: the partner would not get the rest at its end. */
    @Test
    void nothingIsMadeForWhoIsNotNamedWhileAnEmbargoHolds() throws Exception {
        String marking = Objects.id("marking-definition");
        tashkent.byAnalyst(
                recipients(tashkent, marking, budapest.identity, ",'embargo_until':'2030-01-01T00:00:00Z'"),
                report(tashkent, "01", marking, tlp(Tlp.RED))
                        .replace("\"object_marking_refs\":[", "\"object_marking_refs\":[\"" + tlp(Tlp.GREEN) + "\","));
        assertTrue(terms(id).embargo().isPresent());
        RedactionRefused refused = refused(new RedactionGoal.ForPartner(seoul(Tlp.GREEN)));
        assertTrue(refused.getMessage().contains("would not go to seoul"), refused::getMessage);
        Recipient.Partner named = new Recipient.Partner("budapest", Agreement.DEFAULT, Set.of(budapest.identity));
        assertEquals(
                Optional.of(Set.of(budapest.identity)),
                terms(redacted(new RedactionGoal.ForPartner(named))).recipients());
    }

    @Test
    void aPartForNamedRecipientsStaysForThem() throws Exception {
        String marking = Objects.id("marking-definition");
        tashkent.byAnalyst(
                recipients(tashkent, marking, budapest.identity),
                report(tashkent, "01", tlp(Tlp.GREEN), marking)
                        .replace(
                                "\"granular_markings\":[",
                                "\"confidence\":77,\"granular_markings\":[{\"marking_ref\":\"" + tlp(Tlp.RED)
                                        + "\",\"selectors\":[\"confidence\"]},"));
        assertEquals(Optional.empty(), terms(id).recipients().filter(Set::isEmpty));
        Recipient.Partner named = new Recipient.Partner("budapest", Agreement.DEFAULT, Set.of(budapest.identity));
        String forBudapest = redacted(new RedactionGoal.ForPartner(named));
        assertTrue(tashkent.stored(forBudapest).contains("Example Bank"));
        assertTrue(to(named, forBudapest).released());
        assertFalse(to(seoul(Tlp.GREEN), forBudapest).released());
        assertFalse(tashkent.stored(redacted(GREEN)).contains("Example Bank"));
    }

    @Test
    void anUnmarkedRestGetsTheMarkingOfUnmarkedObjects() throws Exception {
        tashkent.one(report(tashkent, "01", "", tlp(Tlp.RED)));
        assertTrue(tashkent.stored(redacted(GREEN)).contains(tlp(Tlp.CLEAR)));
    }

    @Test
    void aTextThatStillStandsNeedsAWordOfTheCaller() throws Exception {
        tashkent.one(report(tashkent, "01", tlp(Tlp.GREEN), tlp(Tlp.RED)).replace("\"one\"", "\"a SECRET label\""));
        RedactionPlan plan = plan(GREEN);
        assertEquals(List.of("/labels/0"), plan.repeated());
        RedactionRefused refused = assertThrows(RedactionRefused.class, () -> desk.redact(plan, "why", false, ANNA));
        assertEquals(RedactionRefused.Kind.REPEATED, refused.kind());
        assertEquals(2, desk.redact(plan, "why", true, ANNA).size());
    }

    @Test
    void nothingOfARevokedObjectOrOfARedactionIsRedacted() throws Exception {
        tashkent.one(report(tashkent, "01", tlp(Tlp.GREEN), tlp(Tlp.RED)));
        String made = redacted(GREEN);
        String original = id;
        id = made;
        assertTrue(refused(GREEN).getMessage().contains("a redaction itself"));
        id = original;
        tashkent.one(
                report(tashkent, "02", tlp(Tlp.GREEN), tlp(Tlp.RED)).replace("\"name\"", "\"revoked\":true,\"name\""));
        assertEquals("/revoked", refused(GREEN).pointer());
        id = Objects.id("report");
        assertEquals(RedactionRefused.Kind.ABSENT, refused(GREEN).kind());
    }

    @Test
    void aRedactionOfSomethingThatIsNotHereGoesToNobody() throws Exception {
        tashkent.one(report(tashkent, "01", tlp(Tlp.CLEAR), tlp(Tlp.RED)));
        String made = redacted(GREEN);
        String byHand = tashkent.stored(made).replace(id, Objects.id("report")).replace(made, Objects.id("report"));
        assertEquals(Status.REFUSED, tashkent.one(byHand).status());

        // A partner gives back what this centre signed before it lost the original.
        StixObject signed = StixWriter.signed(
                StixReader.parse(byHand.getBytes(StandardCharsets.UTF_8)), tashkent.keys.signer(), tashkent.now);
        assertEquals(
                Status.ACCEPTED,
                tashkent.byPartner("budapest", new String(signed.bytes(), StandardCharsets.UTF_8))
                        .getFirst()
                        .status());
        assertEquals(Tlp.RED, terms(signed.id()).tlp());
        assertFalse(terms(signed.id()).own());
    }

    @Test
    void eachRedactionWaitsForASecondPerson() throws Exception {
        DeskPapers papers =
                new DeskPapers(new FileStateStore(tashkent.home.resolve("desk")), tashkent.intake.localCentre());
        tashkent.intake.heldBy(
                new ReleaseQueue(new DeskRule(true, Set.of(), Set.of(), false), papers, () -> tashkent.now));
        tashkent.one(report(tashkent, "01", tlp(Tlp.CLEAR), tlp(Tlp.RED)));
        assertTrue(plan(GREEN).terms().held(), "in the preview, too");
        String made = redacted(GREEN);
        assertEquals(ReleaseDecision.Code.HELD, to(seoul(Tlp.GREEN), made).code());
        assertEquals(1, papers.waiting().size());

        id = Objects.id("report");
        fromBudapest(report(budapest, "01", tlp(Tlp.GREEN), tlp(Tlp.AMBER)));
        assertEquals(
                ReleaseDecision.Code.HELD, to(seoul(Tlp.GREEN), redacted(GREEN)).code());
    }

    @Test
    void nothingOfACaseFileIsRedacted() throws Exception {
        CaseFile file = CaseFile.open("T-2026-014", "Test case", "card-fraud", tashkent.now);
        tashkent.byAnalyst(new String(
                CaseFiles.write(file, tashkent.identity, Optional.empty(), tashkent.keys.signer(), tashkent.now)
                        .bytes(),
                StandardCharsets.UTF_8));
        String caseId = CaseFiles.id(tashkent.identity, "T-2026-014");
        String about = report(tashkent, "01", tlp(Tlp.CLEAR), tlp(Tlp.RED)).replace(tool, caseId);
        tashkent.one(about);
        assertTrue(terms(id).house());
        assertTrue(refused(GREEN).getMessage().contains("case file"), refused(GREEN)::getMessage);
        // By hand, neither.
        String byHand = about.replace(id, Objects.id("report"))
                .replace(caseId, tool)
                .replace(
                        "\"granular_markings\"",
                        "\"extensions\":{\"" + RedactionExtension.ID
                                + "\":{\"extension_type\":\"property-extension\",\"original_ref\":\"" + caseId
                                + "\",\"edition\":\"x\"}},\"granular_markings\"");
        assertEquals(Status.REFUSED, tashkent.one(byHand).status());
        id = caseId;
        assertEquals(RedactionRefused.Kind.INVALID, refused(GREEN).kind());
    }

    @Test
    void theReasonStaysInside() throws Exception {
        tashkent.one(report(tashkent, "01", tlp(Tlp.CLEAR), tlp(Tlp.RED)));
        redacted(GREEN);
        List<String> notes = Arrays.stream(tashkent.published())
                .filter(text -> text.contains("\"type\":\"note\""))
                .toList();
        assertEquals(1, notes.size());
        assertTrue(notes.getFirst().contains("for the partners"));
        String note = notes.getFirst().replaceAll(".*\"id\":\"(note--[^\"]*)\".*", "$1");
        assertFalse(to(seoul(Tlp.AMBER_STRICT), note).released());
    }
}
