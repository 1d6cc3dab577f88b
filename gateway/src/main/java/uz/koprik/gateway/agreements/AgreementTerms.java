package uz.koprik.gateway.agreements;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.AgreementBasis;
import uz.koprik.indicators.policy.Article;
import uz.koprik.indicators.stix.SharingAgreement;

/** What may be given to a partner, by what both signed. */
final class AgreementTerms {

    private AgreementTerms() {}

    /**
     * The terms of one moment.
     *
     * @param interim what {@code partners.yaml} says
     * @param required whether nothing but TLP:CLEAR flows without a signed agreement
     * @param self identity of this centre
     */
    static Agreement of(
            PartnerAgreements agreements,
            Agreement interim,
            boolean required,
            String self,
            String partner,
            Instant now) {
        Optional<AgreementVersion> ruling = agreements.ruling(now);
        if (ruling.isPresent()) {
            return ruled(agreements, ruling.get(), now);
        }
        return required ? Agreement.nothing(unsigned(agreements, self, partner, now), 0) : interim;
    }

    private static Agreement ruled(PartnerAgreements agreements, AgreementVersion version, Instant now) {
        SharingAgreement text = version.text();
        return switch (agreements.state(version, now)) {
            case IN_FORCE -> inForce(text, agreements.terminated(version));
            case TERMINATED ->
                Agreement.nothing(
                        "it was terminated as of "
                                + agreements.terminated(version).orElseThrow() + " (article "
                                + Article.TERMINATION.number() + ")",
                        Article.TERMINATION.number());
            case UNPROVEN ->
                Agreement.nothing(
                        "a signature under it is not proven any more, so a new one must be proposed (article "
                                + Article.PARTIES.number() + ")",
                        Article.PARTIES.number());
            default ->
                Agreement.nothing(
                        "it ended on " + text.validUntil() + " (article " + Article.TERM.number() + ")",
                        Article.TERM.number());
        };
    }

    private static Agreement inForce(SharingAgreement text, Optional<Instant> terminated) {
        return new Agreement(
                text.maxTlp(),
                Optional.of(String.join("; ", text.purposes())),
                Optional.of(
                        terminated.filter(at -> at.isBefore(text.validUntil())).orElse(text.validUntil())),
                text.reference().isEmpty() ? text.legalBasis() : text.reference(),
                new AgreementBasis.Signed(
                        text.id(), text.covered(), covers(text, false), covers(text, true), text.relay()));
    }

    private static boolean covers(SharingAgreement text, boolean personal) {
        return Arrays.stream(ObservableKind.values())
                .filter(kind -> kind.personal() == personal)
                .allMatch(kind -> text.covered().contains(kind.code()));
    }

    private static String unsigned(PartnerAgreements agreements, String self, String partner, Instant now) {
        Optional<AgreementVersion> begins = agreements.versions().stream()
                .filter(version -> agreements.state(version, now) == AgreementState.AGREED)
                .findFirst();
        if (begins.isPresent()) {
            return "the one that " + (begins.get().text().group() ? "all" : "both") + " signed begins on "
                    + begins.get().text().validFrom();
        }
        return agreements.waiting(now).stream()
                .reduce((earlier, later) -> later)
                .map(version -> version.text().group() ? waits(version) : waits(version, self, partner))
                .orElse("none was signed");
    }

    private static String waits(AgreementVersion version, String self, String partner) {
        return version.text().proposer().equals(self)
                ? "our proposal waits for the answer of " + partner
                : "the proposal of " + partner + " waits for an answer here";
    }

    private static String waits(AgreementVersion version) {
        return "the one of " + version.text().parties().size() + " parties waits for the signature of "
                + version.missing().stream().map(SharingAgreement.Party::name).collect(Collectors.joining(", "));
    }
}
