package uz.koprik.gateway.agreements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.indicators.policy.AgreementBasis;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.AgreementNotice;
import uz.koprik.indicators.stix.SharingAgreement;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixWriter;

/** What three parties signed, when pieces come through any of them and in any order. Tashkent knows all others. */
class GroupAgreementTest {

    @TempDir
    Path folder;

    private AgreementSide tashkent;
    private AgreementSide budapest;
    private AgreementSide seoul;
    private AgreementSide vienna;

    @BeforeEach
    void know() throws Exception {
        tashkent = new AgreementSide("tashkent", folder);
        budapest = new AgreementSide("budapest", folder);
        seoul = new AgreementSide("seoul", folder);
        vienna = new AgreementSide("vienna", folder);
        for (AgreementSide side : List.of(tashkent, budapest, seoul, vienna)) {
            for (AgreementSide other : List.of(tashkent, budapest, seoul, vienna)) {
                if (side != other) {
                    side.trusts(other);
                }
            }
        }
    }

    private AgreementVersion proposed(Optional<String> change, Tlp tlp) throws Exception {
        return tashkent.proposes(budapest, List.of(seoul), change, tlp);
    }

    private static void accepts(AgreementSide side, AgreementVersion version) throws Exception {
        side.desk.accept(version.text().id(), version.digest(), "bela");
    }

    /** All that goes from one to another, with Tashkent between Budapest and Seoul, which have no connection. */
    private void allMeet() throws Exception {
        for (int i = 0; i < 2; i++) {
            tashkent.meets(budapest);
            tashkent.meets(seoul);
        }
    }

    private void allMove(Duration by) {
        for (AgreementSide side : List.of(tashkent, budapest, seoul, vienna)) {
            side.now = side.now.plus(by);
        }
    }

    private AgreementVersion inForce(Tlp tlp) throws Exception {
        AgreementVersion version = proposed(Optional.empty(), tlp);
        allMeet();
        accepts(budapest, version);
        accepts(seoul, version);
        allMeet();
        return version;
    }

    private static void assertStates(List<AgreementState> states, AgreementSide... sides) {
        for (AgreementSide side : sides) {
            for (AgreementSide other : sides) {
                if (side != other) {
                    assertEquals(states, side.states(other), side.name + " with " + other.name);
                }
            }
        }
    }

    @Test
    void holdsBetweenAllPairsOnceAllSignedThoughTwoNeverMeet() throws Exception {
        AgreementVersion version = proposed(Optional.empty(), Tlp.AMBER);
        allMeet();
        assertStates(List.of(AgreementState.PROPOSED), tashkent, budapest, seoul);
        accepts(budapest, version);
        allMeet();
        assertStates(List.of(AgreementState.PROPOSED), tashkent, budapest, seoul);
        AgreementVersion atSeoul =
                seoul.book.with(budapest.card.identity()).versions().getFirst();
        assertEquals(version.text(), atSeoul.text());
        assertEquals(List.of("seoul"), names(atSeoul));
        assertTrue(tashkent.terms(budapest, true).basis() instanceof AgreementBasis.Nothing nothing
                && nothing.why().equals("the one of 3 parties waits for the signature of seoul"));
        accepts(seoul, version);
        allMeet();
        assertStates(List.of(AgreementState.IN_FORCE), tashkent, budapest, seoul);
        assertEquals(Tlp.AMBER, budapest.terms(seoul, true).maxTlp());
        assertTrue(budapest.terms(seoul, true).basis() instanceof AgreementBasis.Signed signed
                && signed.id().equals(version.text().id()));
    }

    private static List<String> names(AgreementVersion version) {
        return version.missing().stream().map(SharingAgreement.Party::name).toList();
    }

    @Test
    void aPartyThatSignedCannotAnswerAgainAndOnlyTheProposerWithdraws() throws Exception {
        AgreementVersion version = proposed(Optional.empty(), Tlp.AMBER);
        allMeet();
        accepts(budapest, version);
        String id = version.text().id();
        AgreementRefused again =
                assertThrows(AgreementRefused.class, () -> budapest.desk.decline(id, version.digest(), "", "bela"));
        assertEquals("this centre signed that version already; it waits for seoul", again.getMessage());
        assertEquals(
                "tashkent proposed that version: only tashkent can withdraw it; accept or decline it",
                assertThrows(AgreementRefused.class, () -> seoul.desk.withdraw(id, version.digest(), "", "minjun"))
                        .getMessage());
        allMove(Duration.ofSeconds(1));
        tashkent.desk.withdraw(id, version.digest(), "", "anna");
        accepts(seoul, version);
        allMeet();
        assertStates(List.of(AgreementState.WITHDRAWN), tashkent, budapest, seoul);
    }

    @Test
    void oneDeclineEndsTheProposalForAll() throws Exception {
        AgreementVersion version = proposed(Optional.empty(), Tlp.AMBER);
        allMeet();
        accepts(budapest, version);
        seoul.desk.decline(version.text().id(), version.digest(), "too wide", "minjun");
        allMeet();
        assertStates(List.of(AgreementState.DECLINED), tashkent, budapest, seoul);
        assertEquals(
                "too wide",
                budapest.book
                        .with(seoul.card.identity())
                        .versions()
                        .getFirst()
                        .answer()
                        .orElseThrow()
                        .reason());
    }

    @Test
    void aChangeNeedsAllAndTheSameParties() throws Exception {
        AgreementVersion first = inForce(Tlp.AMBER);
        allMove(Duration.ofSeconds(10));
        Optional<String> change = Optional.of(first.text().id());
        AgreementRefused fewer =
                assertThrows(AgreementRefused.class, () -> budapest.proposes(tashkent, change, Tlp.GREEN));
        assertEquals("/parties", fewer.pointer());
        assertTrue(fewer.getMessage().contains("tashkent, seoul"), fewer::getMessage);
        AgreementVersion next = budapest.proposes(tashkent, List.of(seoul), change, Tlp.GREEN);
        allMeet();
        accepts(tashkent, next);
        allMeet();
        assertStates(List.of(AgreementState.IN_FORCE, AgreementState.PROPOSED), tashkent, budapest, seoul);
        assertEquals(Tlp.AMBER, tashkent.terms(seoul, true).maxTlp());
        accepts(seoul, next);
        allMeet();
        assertStates(List.of(AgreementState.REPLACED, AgreementState.IN_FORCE), tashkent, budapest, seoul);
        assertEquals(Tlp.GREEN, tashkent.terms(seoul, true).maxTlp());
    }

    @Test
    void noticeEndsItForOneAndTheOthersGoOnWhileTwoAreLeft() throws Exception {
        String id = inForce(Tlp.AMBER).text().id();
        allMove(Duration.ofDays(1));
        seoul.desk.terminate(id, Optional.empty(), "", "minjun");
        allMeet();
        allMove(Duration.ofSeconds(5));
        List<AgreementState> over = List.of(AgreementState.TERMINATED);
        List<AgreementState> holds = List.of(AgreementState.IN_FORCE);
        assertEquals(over, seoul.states(tashkent));
        assertEquals(over, seoul.states(budapest));
        assertEquals(over, tashkent.states(seoul));
        assertEquals(over, budapest.states(seoul));
        assertEquals(holds, tashkent.states(budapest));
        assertEquals(holds, budapest.states(tashkent));
        assertEquals(Tlp.AMBER, budapest.terms(tashkent, true).maxTlp());
        assertEquals(
                AgreementRefused.Kind.CONFLICT,
                assertThrows(AgreementRefused.class, () -> seoul.desk.terminate(id, Optional.empty(), "", "minjun"))
                        .kind(),
                "who left cannot leave again");
        budapest.desk.terminate(id, Optional.empty(), "", "bela");
        allMeet();
        allMove(Duration.ofSeconds(5));
        assertStates(over, tashkent, budapest, seoul);
    }

    @Test
    void whoIsNoPartyGetsNothingAndPutsNothingIn() throws Exception {
        AgreementVersion version = inForce(Tlp.AMBER);
        tashkent.meets(vienna);
        budapest.meets(vienna);
        assertEquals(List.of(), tashkent.pieces(vienna));
        assertEquals(List.of(), budapest.pieces(vienna));
        assertEquals(List.of(), vienna.states(tashkent));
        refused(
                tashkent.intake.take("vienna", budapest.pieces(tashkent)),
                3,
                "/parties",
                "do not include both vienna and this centre");
        AgreementNotice notice = notice(vienna, version, AgreementNotice.Act.TERMINATE);
        byte[] signed = signed(notice, vienna);
        refused(tashkent.intake.take("vienna", List.of(signed)), 1, "/agreement_sha256", "no version");
        refused(tashkent.intake.take("budapest", List.of(signed)), 1, "/created_by_ref", "no party");
        assertStates(List.of(AgreementState.IN_FORCE), tashkent, budapest, seoul);
    }

    @Test
    void nobodySignsForAThirdParty() throws Exception {
        AgreementVersion version = proposed(Optional.empty(), Tlp.AMBER);
        allMeet();
        accepts(budapest, version);
        AgreementNotice accept = notice(seoul, version, AgreementNotice.Act.ACCEPT);
        refused(tashkent.intake.take("budapest", List.of(signed(accept, budapest))), 1, "/extensions", "budapest");
        StixObject text = StixWriter.signed(
                version.text().json().with("proposed_by_ref", new JsonString(seoul.card.identity())),
                budapest.keys.signer(),
                budapest.now);
        refused(
                tashkent.intake.take("budapest", List.of(CanonicalJson.bytes(text.json()))),
                1,
                "/extensions",
                "budapest");
        allMeet();
        assertStates(List.of(AgreementState.PROPOSED), tashkent, budapest, seoul);
    }

    @Test
    void aCentreThatCannotVerifyOnePartyHoldsNothingInForceUntilItCan() throws Exception {
        budapest.trust = TrustList.initial(budapest.card, AgreementSide.BEGIN);
        budapest.trusts(tashkent);
        AgreementVersion version = inForce(Tlp.AMBER);
        assertEquals(List.of(AgreementState.IN_FORCE), tashkent.states(budapest));
        assertEquals(List.of(AgreementState.PROPOSED), budapest.states(tashkent));
        refused(budapest.intake.take("tashkent", tashkent.pieces(budapest)), 1, "/extensions", "trust list");
        budapest.trusts(seoul);
        budapest.book.tend();
        tashkent.meets(budapest);
        assertStates(List.of(AgreementState.IN_FORCE), tashkent, budapest, seoul);
        assertEquals(
                version.digest(),
                budapest.book.with(seoul.card.identity()).versions().getFirst().digest());
    }

    @Test
    void whoRemovesOnePartyGoesOnWithTheOthers() throws Exception {
        inForce(Tlp.AMBER);
        allMove(Duration.ofDays(1));
        budapest.trust = budapest.trust.without("seoul", budapest.now);
        budapest.book.tend();
        assertEquals(List.of(AgreementState.IN_FORCE), budapest.states(tashkent));
        assertEquals(List.of(), budapest.states(seoul));
    }

    @Test
    void theLatestTextThatAllItsPartiesSignedRulesBetweenTwo() throws Exception {
        AgreementVersion two = tashkent.proposes(budapest, Optional.empty(), Tlp.GREEN);
        tashkent.meets(budapest);
        accepts(budapest, two);
        tashkent.meets(budapest);
        allMove(Duration.ofSeconds(10));
        inForce(Tlp.AMBER);
        assertEquals(List.of(AgreementState.REPLACED, AgreementState.IN_FORCE), tashkent.states(budapest));
        assertEquals(List.of(AgreementState.IN_FORCE), tashkent.states(seoul));
        assertThrows(AgreementRefused.class, () -> proposed(Optional.empty(), Tlp.GREEN), "that group has one");
    }

    @Test
    void aVersionOfTheSameAgreementWithOtherPartiesIsRefused() throws Exception {
        AgreementVersion version = inForce(Tlp.AMBER);
        allMove(Duration.ofSeconds(10));
        SharingAgreement text = version.text();
        SharingAgreement fewer = new SharingAgreement(
                text.id(),
                text.created(),
                budapest.now.truncatedTo(ChronoUnit.MILLIS),
                budapest.card.identity(),
                text.parties().subList(0, 2),
                text.purposes(),
                false,
                text.kinds(),
                Tlp.GREEN,
                true,
                1,
                text.validFrom(),
                text.validUntil(),
                0,
                "memorandum",
                "");
        StixObject signed = StixWriter.signed(fewer.json(), budapest.keys.signer(), budapest.now);
        refused(
                tashkent.intake.take("budapest", List.of(CanonicalJson.bytes(signed.json()))),
                1,
                "/parties",
                "other parties");
    }

    @Test
    void allComeToTheSameInAnyOrder() throws Exception {
        Random random = new Random(11);
        List<AgreementSide> sides = List.of(tashkent, budapest, seoul);
        String id = proposed(Optional.empty(), Tlp.AMBER).text().id();
        allMeet();
        for (int i = 0; i < 80; i++) {
            allMove(Duration.ofSeconds(random.nextInt(100)));
            AgreementSide side = sides.get(random.nextInt(3));
            List<AgreementSide> others =
                    sides.stream().filter(other -> other != side).toList();
            List<AgreementVersion> waiting =
                    side.book.with(others.getFirst().card.identity()).waiting(side.now);
            try {
                switch (random.nextInt(8)) {
                    case 0 ->
                        side.proposes(
                                others.getFirst(),
                                others.subList(1, 2),
                                Optional.of(id),
                                List.of(Tlp.values()).get(random.nextInt(4)));
                    case 1 -> side.desk.decline(id, digest(waiting), "", "anna");
                    case 2 -> side.desk.withdraw(id, digest(waiting), "", "anna");
                    case 3 -> side.desk.terminate(id, Optional.of(side.now.plusSeconds(200)), "", "anna");
                    default -> side.desk.accept(id, digest(waiting), "anna");
                }
            } catch (AgreementRefused notNow) {
                // nothing waits, or not for this side: the next act follows
            }
            if (random.nextBoolean()) {
                side.meets(others.get(random.nextInt(2)));
            }
        }
        allMeet();
        for (AgreementSide side : sides) {
            for (AgreementSide other : sides) {
                if (side != other) {
                    assertEquals(other.states(side), side.states(other));
                    List<SignedPiece> pieces = new ArrayList<>();
                    side.objects(other).forEach(object -> pieces.add(new SignedPiece(object, side.now)));
                    Collections.shuffle(pieces, random);
                    PartnerAgreements fresh =
                            PartnerAgreements.of(pieces, side.trust, side.card.identity(), other.card.identity());
                    assertEquals(
                            side.states(other),
                            fresh.versions().stream()
                                    .map(version -> fresh.state(version, side.now))
                                    .toList());
                }
            }
        }
        assertTrue(tashkent.states(budapest).size() > 5, "the acts did something");
        assertTrue(
                tashkent.states(budapest).contains(AgreementState.REPLACED)
                        || tashkent.states(budapest).contains(AgreementState.TERMINATED),
                () -> tashkent.states(budapest).toString());
    }

    private static String digest(List<AgreementVersion> waiting) {
        return waiting.isEmpty() ? "0".repeat(64) : waiting.getLast().digest();
    }

    private static AgreementNotice notice(AgreementSide side, AgreementVersion version, AgreementNotice.Act act) {
        return new AgreementNotice(
                AgreementNotice.TYPE + "--" + UUID.randomUUID(),
                side.now.truncatedTo(ChronoUnit.MILLIS),
                side.card.identity(),
                version.text().id(),
                version.digest(),
                act,
                act == AgreementNotice.Act.TERMINATE ? Optional.of(side.now.plusSeconds(60)) : Optional.empty(),
                "");
    }

    private static byte[] signed(AgreementNotice notice, AgreementSide key) throws Exception {
        return CanonicalJson.bytes(
                StixWriter.signed(notice.json(), key.keys.signer(), key.now).json());
    }

    private static void refused(List<AgreementIntake.Refused> refused, int count, String pointer, String words) {
        assertEquals(count, refused.size(), refused::toString);
        assertEquals(pointer, refused.getFirst().pointer(), refused::toString);
        assertTrue(refused.getFirst().reason().contains(words), refused::toString);
    }
}
