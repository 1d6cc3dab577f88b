package uz.koprik.gateway.agreements;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.SignatureRejected;
import uz.koprik.indicators.stix.AgreementNotice;
import uz.koprik.indicators.stix.SharingAgreement;
import uz.koprik.indicators.stix.StixObject;

/**
 * One version of an agreement with all that its parties said of it.
 *
 * @param text what is agreed
 * @param object the text as its proposer signed it
 * @param firstSeen when this centre first held the text
 * @param notices what proven keys signed of it, the earliest first
 * @param unproven why a signature counts no more; empty while all count
 * @param overtaken when the next version of the agreement was proposed; empty while this is the last
 */
public record AgreementVersion(
        SharingAgreement text,
        StixObject object,
        Instant firstSeen,
        List<AgreementNotice> notices,
        Optional<Unproven> unproven,
        Optional<Instant> overtaken) {

    /**
     * A signature that counts no more.
     *
     * @param why a sentence
     */
    public record Unproven(SignatureRejected.Reason reason, String why) {}

    /** The order in which versions follow one another, the same at all parties. */
    static final Comparator<AgreementVersion> ORDER = Comparator.<AgreementVersion, Instant>comparing(
                    version -> version.text.modified())
            .thenComparing(AgreementVersion::digest);

    public AgreementVersion {
        notices = List.copyOf(notices);
    }

    /** SHA-256 of what is signed, lower-case hex. */
    public String digest() {
        return object.digest();
    }

    /**
     * What a party said of the proposal: its acceptance or decline, or the withdrawal of its proposer. The one with the
     * earliest date counts, since all parties must come to the same end in any order of arrival. At the same moment the
     * one that does not bind counts.
     */
    public Optional<AgreementNotice> answer(String party) {
        return notices.stream()
                .filter(notice -> notice.party().equals(party))
                .filter(notice -> switch (notice.act()) {
                    case ACCEPT, DECLINE -> !party.equals(text.proposer());
                    case WITHDRAW -> party.equals(text.proposer());
                    case TERMINATE -> false;
                })
                .min(Comparator.comparing(AgreementNotice::created)
                        .thenComparing(notice -> notice.act() == AgreementNotice.Act.ACCEPT));
    }

    /**
     * The answer that decides: the last acceptance once all parties signed, or the earliest decline or withdrawal. Of
     * the two the earlier one decides, and at the same moment the one that does not bind. An acceptance that comes
     * after the next version was proposed decides nothing. Empty while none does.
     */
    public Optional<AgreementNotice> answer() {
        List<AgreementNotice> answers = text.parties().stream()
                .flatMap(party -> answer(party.identity()).stream())
                .sorted(Comparator.comparing(AgreementNotice::created))
                .toList();
        List<AgreementNotice> accepted = answers.stream()
                .filter(notice -> notice.act() == AgreementNotice.Act.ACCEPT)
                .toList();
        Optional<AgreementNotice> refusal = answers.stream()
                .filter(notice -> notice.act() != AgreementNotice.Act.ACCEPT)
                .findFirst();
        return accepted.size() == text.parties().size() - 1
                        && overtaken
                                .filter(next -> !accepted.getLast().created().isBefore(next))
                                .isEmpty()
                        && refusal.filter(notice -> !notice.created()
                                        .isAfter(accepted.getLast().created()))
                                .isEmpty()
                ? Optional.of(accepted.getLast())
                : refusal;
    }

    /** The parties whose signature the proposal lacks, in the order of the text. */
    public List<SharingAgreement.Party> missing() {
        return text.parties().stream()
                .filter(party -> !party.identity().equals(text.proposer())
                        && answer(party.identity()).isEmpty())
                .toList();
    }

    /** Whether all parties signed it. */
    public boolean agreed() {
        return answer().filter(notice -> notice.act() == AgreementNotice.Act.ACCEPT)
                .isPresent();
    }

    /** Whether all parties had signed it at a moment. */
    boolean agreedBy(Instant moment) {
        return answer().filter(notice -> notice.act() == AgreementNotice.Act.ACCEPT)
                .filter(last -> !last.created().isAfter(moment))
                .isPresent();
    }

    /** The notices of termination that keep the time of article 8. */
    List<AgreementNotice> terminations() {
        return notices.stream()
                .filter(notice -> notice.act() == AgreementNotice.Act.TERMINATE)
                .filter(notice ->
                        keepsNotice(notice.created(), notice.effective().orElseThrow()))
                .toList();
    }

    /** Whether a termination that is signed at one moment may take effect at another. */
    boolean keepsNotice(Instant signed, Instant effective) {
        return !effective.isBefore(signed.plus(Duration.ofDays(text.noticeDays())));
    }
}
