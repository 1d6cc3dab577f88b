package uz.koprik.gateway.agreements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.policy.AgreementBasis;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.AgreementNotice;
import uz.koprik.indicators.stix.SharingAgreement;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixWriter;

/** What counts of signed pieces, from any sender and in any order. */
class AgreementPiecesTest {

    @TempDir
    Path folder;

    private AgreementSide tashkent;
    private AgreementSide budapest;
    private AgreementSide seoul;

    @BeforeEach
    void know() throws Exception {
        tashkent = new AgreementSide("tashkent", folder);
        budapest = new AgreementSide("budapest", folder);
        seoul = new AgreementSide("seoul", folder);
        tashkent.trusts(budapest);
        tashkent.trusts(seoul);
        budapest.trusts(tashkent);
        seoul.trusts(tashkent);
    }

    @Test
    void aChangedTextIsRefusedAtItsSignature() throws Exception {
        StixObject signed =
                tashkent.proposes(budapest, Optional.empty(), Tlp.GREEN).object();
        byte[] wider = new String(CanonicalJson.bytes(signed.json()), StandardCharsets.UTF_8)
                .replace("TLP:GREEN", "TLP:AMBER")
                .getBytes(StandardCharsets.UTF_8);
        refused(budapest.intake.take("tashkent", List.of(wider)), "/extensions", "signature");
        byte[] red = new String(wider, StandardCharsets.UTF_8)
                .replace("TLP:AMBER", "TLP:RED")
                .getBytes(StandardCharsets.UTF_8);
        refused(budapest.intake.take("tashkent", List.of(red)), "/max_tlp", "named recipients");
        assertEquals(List.of(), budapest.states(tashkent));
    }

    @Test
    void theKeyOfAnotherCentreSignsForNobodyElse() throws Exception {
        SharingAgreement text =
                tashkent.proposes(budapest, Optional.empty(), Tlp.GREEN).text();
        StixObject forged = StixWriter.signed(text.json(), seoul.keys.signer(), tashkent.now);
        refused(
                budapest.intake.take("tashkent", List.of(CanonicalJson.bytes(forged.json()))),
                "/extensions",
                "trust list");
        // Seoul is known to Tashkent, and may not speak for Budapest.
        AgreementVersion proposed =
                tashkent.book.with(budapest.card.identity()).versions().getFirst();
        AgreementNotice accept = new AgreementNotice(
                "agreement-notice--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",
                tashkent.now,
                budapest.card.identity(),
                text.id(),
                proposed.digest(),
                AgreementNotice.Act.ACCEPT,
                Optional.empty(),
                "");
        byte[] foreign = CanonicalJson.bytes(StixWriter.signed(accept.json(), seoul.keys.signer(), tashkent.now)
                .json());
        refused(tashkent.intake.take("budapest", List.of(foreign)), "/extensions", "seoul");
        refused(tashkent.intake.take("seoul", List.of(foreign)), "/agreement_sha256", "no version");
        refused(
                tashkent.intake.take(
                        "seoul", List.of(CanonicalJson.bytes(proposed.object().json()))),
                "/parties",
                "are not seoul");
        assertEquals(List.of(AgreementState.PROPOSED), tashkent.states(budapest));
    }

    @Test
    void aCompromisedKeyCountsOnlyForWhatWasSeenBefore() throws Exception {
        String id =
                tashkent.proposes(budapest, Optional.empty(), Tlp.AMBER).text().id();
        tashkent.meets(budapest);
        budapest.desk.accept(
                id,
                budapest.book
                        .with(tashkent.card.identity())
                        .versions()
                        .getFirst()
                        .digest(),
                "bela");
        budapest.meets(tashkent);
        assertEquals(List.of(AgreementState.IN_FORCE), tashkent.states(budapest));

        String kid = budapest.keys.publicKey().kid();
        tashkent.now = tashkent.now.plus(Duration.ofDays(1));
        budapest.now = tashkent.now;
        tashkent.trust = tashkent.trust.withRevoked(kid, tashkent.now, tashkent.now);
        tashkent.book.refresh();
        assertEquals(List.of(AgreementState.IN_FORCE), tashkent.states(budapest), "first seen before");
        budapest.desk.terminate(id, Optional.empty(), "", "thief");
        refused(tashkent.intake.take("budapest", budapest.pieces(tashkent)), "/extensions", "compromised");
        tashkent.trust = tashkent.trust.withRevoked(kid, AgreementSide.BEGIN, tashkent.now);
        tashkent.book.refresh();
        assertEquals(List.of(AgreementState.UNPROVEN), tashkent.states(budapest));
        assertInstanceOf(
                AgreementBasis.Nothing.class, tashkent.terms(budapest, false).basis());
    }

    @Test
    void bothComeToTheSameInAnyOrder() throws Exception {
        Random random = new Random(7);
        String id =
                tashkent.proposes(budapest, Optional.empty(), Tlp.AMBER).text().id();
        tashkent.meets(budapest);
        for (int i = 0; i < 40; i++) {
            AgreementSide side = random.nextBoolean() ? tashkent : budapest;
            AgreementSide other = side == tashkent ? budapest : tashkent;
            side.now = side.now.plusSeconds(random.nextInt(100));
            other.now = side.now;
            act(side, other, id, random);
            if (random.nextInt(3) == 0) {
                side.meets(other);
            }
        }
        tashkent.meets(budapest);
        assertEquals(tashkent.states(budapest), budapest.states(tashkent));
        List<SignedPiece> pieces = new ArrayList<>();
        tashkent.objects(budapest).forEach(object -> pieces.add(new SignedPiece(object, tashkent.now)));
        for (int i = 0; i < 5; i++) {
            Collections.shuffle(pieces, random);
            PartnerAgreements fresh =
                    PartnerAgreements.of(pieces, budapest.trust, budapest.card.identity(), tashkent.card.identity());
            assertEquals(
                    tashkent.states(budapest),
                    fresh.versions().stream()
                            .map(version -> fresh.state(version, tashkent.now))
                            .toList());
        }
        assertTrue(tashkent.states(budapest).size() > 3, "the acts did something");
    }

    private static void act(AgreementSide side, AgreementSide other, String id, Random random) throws Exception {
        try {
            List<AgreementVersion> waiting =
                    side.book.with(other.card.identity()).waiting(side.now);
            switch (random.nextInt(5)) {
                case 0 ->
                    side.proposes(other, Optional.of(id), List.of(Tlp.values()).get(random.nextInt(4)));
                case 1 -> side.desk.accept(id, waiting.getFirst().digest(), "anna");
                case 2 -> side.desk.decline(id, waiting.getFirst().digest(), "", "anna");
                case 3 -> side.desk.withdraw(id, waiting.getFirst().digest(), "", "anna");
                default -> side.desk.terminate(id, Optional.of(side.now.plusSeconds(random.nextInt(500))), "", "anna");
            }
        } catch (AgreementRefused | NoSuchElementException notNow) {
            // nothing waits, or not for this side: the next act follows
        }
    }

    @Test
    void theEarlierOfAnAcceptanceAndAWithdrawalCounts() throws Exception {
        AgreementVersion proposed = tashkent.proposes(budapest, Optional.empty(), Tlp.AMBER);
        tashkent.meets(budapest);
        tashkent.now = tashkent.now.plusSeconds(10);
        budapest.now = tashkent.now.plusSeconds(5);
        tashkent.desk.withdraw(proposed.text().id(), proposed.digest(), "", "anna");
        budapest.desk.accept(proposed.text().id(), proposed.digest(), "bela");
        tashkent.now = budapest.now;
        tashkent.meets(budapest);
        assertEquals(List.of(AgreementState.WITHDRAWN), tashkent.states(budapest));
        assertEquals(List.of(AgreementState.WITHDRAWN), budapest.states(tashkent));
    }

    @Test
    void anAgreementThatBeginsLaterHoldsFromThen() throws Exception {
        AgreementDraft later = tashkent.draft(Tlp.AMBER, 0);
        AgreementDraft draft = new AgreementDraft(
                later.purposes(),
                later.purposeOnUse(),
                later.kinds(),
                Tlp.AMBER,
                false,
                1,
                Optional.of(tashkent.now.plus(Duration.ofDays(2))),
                later.validUntil(),
                0,
                "memorandum",
                "",
                later.ownContacts(),
                later.partnerContacts());
        AgreementVersion version = tashkent.desk.propose("budapest", Optional.empty(), draft, "anna");
        tashkent.meets(budapest);
        budapest.desk.accept(version.text().id(), version.digest(), "bela");
        budapest.meets(tashkent);
        assertEquals(List.of(AgreementState.AGREED), tashkent.states(budapest));
        assertInstanceOf(
                AgreementBasis.Settings.class, tashkent.terms(budapest, false).basis());
        assertTrue(tashkent.terms(budapest, true).basis() instanceof AgreementBasis.Nothing nothing
                && nothing.why().contains("begins on"));
        tashkent.now = tashkent.now.plus(Duration.ofDays(2));
        assertEquals(Tlp.AMBER, tashkent.terms(budapest, true).maxTlp());
        assertThrows(
                AgreementRefused.class,
                () -> tashkent.proposes(budapest, Optional.empty(), Tlp.GREEN),
                "there is one already");
    }

    @Test
    void aNoticeInSomebodyElsesNameOrTooEarlyIsRefused() throws Exception {
        AgreementVersion version =
                tashkent.desk.propose("budapest", Optional.empty(), tashkent.draft(Tlp.AMBER, 30), "anna");
        tashkent.meets(budapest);
        budapest.desk.accept(version.text().id(), version.digest(), "bela");
        AgreementNotice early = new AgreementNotice(
                "agreement-notice--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",
                budapest.now,
                budapest.card.identity(),
                version.text().id(),
                version.digest(),
                AgreementNotice.Act.TERMINATE,
                Optional.of(budapest.now.plus(Duration.ofDays(29))),
                "");
        byte[] signed = CanonicalJson.bytes(StixWriter.signed(early.json(), budapest.keys.signer(), budapest.now)
                .json());
        List<AgreementIntake.Refused> days = tashkent.intake.take("budapest", List.of(signed));
        refused(days, "/effective", "30 days");
        assertEquals(PieceFault.TOO_EARLY.of(30), days.getFirst().why());
        byte[] unknown = CanonicalJson.bytes(early.json().with("colour", new JsonString("blue")));
        refused(tashkent.intake.take("budapest", List.of(unknown)), "/colour", "no such member");
    }

    @Test
    void anAcceptanceAfterTheNextVersionWasProposedBindsNobody() throws Exception {
        AgreementVersion wide = tashkent.proposes(budapest, Optional.empty(), Tlp.AMBER);
        String id = wide.text().id();
        tashkent.meets(budapest);
        tashkent.now = tashkent.now.plusSeconds(10);
        AgreementVersion narrow = tashkent.proposes(budapest, Optional.of(id), Tlp.GREEN);
        // Budapest has not seen the correction.
        budapest.now = tashkent.now.plusSeconds(5);
        budapest.desk.accept(id, wide.digest(), "bela");
        assertEquals(List.of(AgreementState.IN_FORCE), budapest.states(tashkent));
        tashkent.now = budapest.now;
        tashkent.meets(budapest);
        List<AgreementState> open = List.of(AgreementState.OVERTAKEN, AgreementState.PROPOSED);
        assertEquals(open, tashkent.states(budapest));
        assertEquals(open, budapest.states(tashkent));
        budapest.desk.decline(id, narrow.digest(), "", "bela");
        tashkent.meets(budapest);
        List<AgreementState> closed = List.of(AgreementState.OVERTAKEN, AgreementState.DECLINED);
        assertEquals(closed, tashkent.states(budapest), "what was corrected does not come back");
        assertEquals(closed, budapest.states(tashkent));
    }

    @Test
    void anAcceptanceThatCameBeforeTheNextVersionStands() throws Exception {
        AgreementVersion wide = tashkent.proposes(budapest, Optional.empty(), Tlp.AMBER);
        tashkent.meets(budapest);
        tashkent.now = tashkent.now.plusSeconds(10);
        budapest.now = tashkent.now.minusSeconds(5);
        budapest.desk.accept(wide.text().id(), wide.digest(), "bela");
        tashkent.proposes(budapest, Optional.of(wide.text().id()), Tlp.GREEN);
        budapest.now = tashkent.now;
        tashkent.meets(budapest);
        List<AgreementState> open = List.of(AgreementState.IN_FORCE, AgreementState.PROPOSED);
        assertEquals(open, tashkent.states(budapest));
        assertEquals(open, budapest.states(tashkent));
    }

    @Test
    void whatALaterAgreementReplacesAtOnceIsNotAccepted() throws Exception {
        AgreementVersion first = tashkent.proposes(budapest, Optional.empty(), Tlp.AMBER);
        budapest.now = budapest.now.plusSeconds(5);
        AgreementVersion second = budapest.proposes(tashkent, Optional.empty(), Tlp.GREEN);
        tashkent.now = budapest.now;
        tashkent.meets(budapest);
        tashkent.desk.accept(second.text().id(), second.digest(), "anna");
        tashkent.meets(budapest);
        AgreementRefused replaced = assertThrows(
                AgreementRefused.class, () -> budapest.desk.accept(first.text().id(), first.digest(), "bela"));
        assertTrue(replaced.getMessage().contains(second.text().id()), replaced::getMessage);
        assertTrue(replaced.getMessage().contains("let tashkent propose it again"), replaced::getMessage);
        budapest.desk.decline(first.text().id(), first.digest(), "", "bela");
    }

    @Test
    void aTermThatIsOverIsNotProposed() throws Exception {
        AgreementVersion version = tashkent.proposes(budapest, Optional.empty(), Tlp.AMBER);
        tashkent.meets(budapest);
        budapest.desk.accept(version.text().id(), version.digest(), "bela");
        budapest.meets(tashkent);
        tashkent.now = version.text().validUntil();
        assertEquals(List.of(AgreementState.ENDED), tashkent.states(budapest));
        AgreementDraft same = AgreementDraft.of(version.text(), tashkent.card.identity(), budapest.card.identity());
        AgreementRefused over = assertThrows(
                AgreementRefused.class,
                () -> tashkent.desk.propose(
                        "budapest", Optional.of(version.text().id()), same, "anna"));
        assertEquals("/valid_until", over.pointer());
        assertEquals(AgreementRefused.Kind.INVALID, over.kind());
        assertTrue(over.getMessage().contains("not over"), over::getMessage);
    }

    private static void refused(List<AgreementIntake.Refused> refused, String pointer, String words) {
        assertEquals(1, refused.size(), refused::toString);
        assertEquals(pointer, refused.getFirst().pointer(), refused::toString);
        assertTrue(refused.getFirst().reason().contains(words), refused::toString);
    }
}
