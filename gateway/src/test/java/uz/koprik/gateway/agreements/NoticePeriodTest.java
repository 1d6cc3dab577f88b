package uz.koprik.gateway.agreements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.AgreementNotice;
import uz.koprik.indicators.stix.StixWriter;

/** Article 8 of each version holds for that version, also when another version of the agreement says less. */
class NoticePeriodTest {

    private static final List<AgreementState> HOLDS = List.of(AgreementState.REPLACED, AgreementState.IN_FORCE);

    @TempDir
    Path folder;

    private AgreementSide tashkent;
    private AgreementSide budapest;

    @BeforeEach
    void know() throws Exception {
        tashkent = new AgreementSide("tashkent", folder);
        budapest = new AgreementSide("budapest", folder);
        tashkent.trusts(budapest);
        budapest.trusts(tashkent);
    }

    private void pass(Duration time) {
        tashkent.now = tashkent.now.plus(time);
        budapest.now = tashkent.now;
    }

    private AgreementVersion proposed(Optional<String> change, int noticeDays, Instant from) throws Exception {
        AgreementDraft draft = tashkent.draft(Tlp.AMBER, noticeDays);
        AgreementVersion version = tashkent.desk.propose(
                "budapest",
                change,
                new AgreementDraft(
                        draft.purposes(),
                        false,
                        draft.kinds(),
                        draft.maxTlp(),
                        false,
                        365,
                        Optional.of(from),
                        draft.validUntil(),
                        noticeDays,
                        draft.legalBasis(),
                        "",
                        draft.ownContacts(),
                        draft.partnerContacts()),
                "anna");
        tashkent.meets(budapest);
        return version;
    }

    private AgreementVersion agreed(Optional<String> change, int noticeDays, Instant from) throws Exception {
        AgreementVersion version = proposed(change, noticeDays, from);
        pass(Duration.ofSeconds(1));
        budapest.desk.accept(version.text().id(), version.digest(), "bela");
        tashkent.meets(budapest);
        pass(Duration.ofSeconds(1));
        return version;
    }

    private byte[] notice(AgreementVersion version, Instant effective) {
        AgreementNotice notice = new AgreementNotice(
                AgreementNotice.TYPE + "--" + UUID.randomUUID(),
                budapest.now.truncatedTo(ChronoUnit.MILLIS),
                budapest.card.identity(),
                version.text().id(),
                version.digest(),
                AgreementNotice.Act.TERMINATE,
                Optional.of(effective),
                "");
        return CanonicalJson.bytes(StixWriter.signed(notice.json(), budapest.keys.signer(), budapest.now)
                .json());
    }

    @Test
    void aNoticeUnderAnEarlierVersionDoesNotShortenTheTimeOfTheOneInForce() throws Exception {
        AgreementVersion first = agreed(Optional.empty(), 0, tashkent.now);
        agreed(Optional.of(first.text().id()), 30, tashkent.now);
        assertEquals(HOLDS, tashkent.states(budapest));

        byte[] soon = notice(first, budapest.now.plusSeconds(60));
        List<AgreementIntake.Refused> refused = tashkent.intake.take("budapest", List.of(soon));
        budapest.intake.take("tashkent", List.of(soon));
        pass(Duration.ofDays(1));
        assertEquals(HOLDS, tashkent.states(budapest));
        assertEquals(HOLDS, budapest.states(tashkent), "both come to the same");
        assertEquals("/effective", refused.getFirst().pointer());
        assertEquals(PieceFault.TOO_EARLY.of(30), refused.getFirst().why());
    }

    @Test
    void aNoticeThatCameBeforeTheVersionIsJudgedTheSame() throws Exception {
        AgreementVersion first = agreed(Optional.empty(), 0, tashkent.now);
        AgreementVersion next = proposed(Optional.of(first.text().id()), 30, tashkent.now);
        pass(Duration.ofSeconds(1));
        budapest.desk.accept(next.text().id(), next.digest(), "bela");
        pass(Duration.ofSeconds(1));
        // The acceptance arrives after the notice that was signed later.
        tashkent.intake.take("budapest", List.of(notice(first, budapest.now.plusSeconds(60))));
        tashkent.meets(budapest);
        pass(Duration.ofDays(1));
        assertEquals(HOLDS, tashkent.states(budapest));
    }

    @Test
    void aVersionThatBeginsLaterDoesNotShortenItEither() throws Exception {
        AgreementVersion first = agreed(Optional.empty(), 30, tashkent.now);
        String id = first.text().id();
        agreed(Optional.of(id), 0, tashkent.now.plus(Duration.ofDays(50)));
        assertEquals(List.of(AgreementState.IN_FORCE, AgreementState.AGREED), tashkent.states(budapest));

        Optional<Instant> soon = Optional.of(budapest.now.plus(Duration.ofDays(1)));
        AgreementRefused early =
                assertThrows(AgreementRefused.class, () -> budapest.desk.terminate(id, soon, "", "bela"));
        assertTrue(early.getMessage().contains("article 8 asks for 30 days"), early::getMessage);
        budapest.desk.terminate(id, Optional.empty(), "", "bela");
        tashkent.meets(budapest);
        pass(Duration.ofDays(29));
        assertEquals(List.of(AgreementState.IN_FORCE, AgreementState.AGREED), tashkent.states(budapest));
        pass(Duration.ofDays(2));
        assertEquals(
                List.of(AgreementState.TERMINATED, AgreementState.TERMINATED), tashkent.states(budapest), "both ended");
    }

    @Test
    void anAcceptanceAfterANoticeRevivesNothing() throws Exception {
        AgreementVersion first = agreed(Optional.empty(), 0, tashkent.now);
        AgreementVersion next = proposed(Optional.of(first.text().id()), 30, tashkent.now);
        pass(Duration.ofSeconds(1));
        tashkent.desk.terminate(first.text().id(), Optional.empty(), "", "anna");
        pass(Duration.ofSeconds(5));
        budapest.desk.accept(next.text().id(), next.digest(), "bela");
        tashkent.meets(budapest);
        assertEquals(List.of(AgreementState.REPLACED, AgreementState.TERMINATED), tashkent.states(budapest));
    }
}
