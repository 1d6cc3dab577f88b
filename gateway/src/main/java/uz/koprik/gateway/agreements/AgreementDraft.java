package uz.koprik.gateway.agreements;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.SharingAgreement;

/**
 * The terms of a proposal before it is signed, as far as somebody wrote them. What is empty must be completed, and
 * {@link #missing()} names it.
 *
 * @param purposeOnUse see {@link SharingAgreement#purposeOnUse}
 * @param ownContacts contact points of this centre
 * @param partnerContacts contact points of the partner
 */
public record AgreementDraft(
        List<String> purposes,
        boolean purposeOnUse,
        Map<String, Boolean> kinds,
        Tlp maxTlp,
        boolean relay,
        int retentionDays,
        Optional<Instant> validFrom,
        Optional<Instant> validUntil,
        int noticeDays,
        String legalBasis,
        String reference,
        List<String> ownContacts,
        List<String> partnerContacts) {

    private static final int YEAR = 365;
    private static final int NOTICE = 30;

    public AgreementDraft {
        purposes = List.copyOf(purposes);
        kinds = Map.copyOf(kinds);
        ownContacts = List.copyOf(ownContacts);
        partnerContacts = List.copyOf(partnerContacts);
    }

    private static Map<String, Boolean> kinds(boolean personal) {
        Map<String, Boolean> kinds = new TreeMap<>();
        Arrays.stream(ObservableKind.values()).forEach(kind -> kinds.put(kind.code(), personal || !kind.personal()));
        return kinds;
    }

    /**
     * What the section of {@code partners.yaml} says, as a draft.
     *
     * @param ownContacts those on the card of this centre
     * @param partnerContacts those on the card of the partner
     */
    public static AgreementDraft fromSettings(
            Agreement settings, List<String> ownContacts, List<String> partnerContacts) {
        return new AgreementDraft(
                settings.personalPurpose().stream().toList(),
                false,
                kinds(settings.personalPurpose().isPresent()),
                settings.maxTlp(),
                false,
                YEAR,
                Optional.empty(),
                settings.validUntil(),
                NOTICE,
                "",
                settings.reference().equals(Agreement.DEFAULT.reference()) ? "" : settings.reference(),
                ownContacts,
                partnerContacts);
    }

    /** Only the contact points: nothing of a setting becomes a term unless somebody asks for it. */
    public AgreementDraft fresh() {
        return new AgreementDraft(
                List.of(),
                false,
                kinds(false),
                Tlp.GREEN,
                false,
                retentionDays,
                Optional.empty(),
                Optional.empty(),
                noticeDays,
                "",
                "",
                ownContacts,
                partnerContacts);
    }

    /**
     * The terms of a version, for the one that changes it.
     *
     * @param self identity of this centre
     * @param partner identity of the party whose contact points are those of the partner
     */
    public static AgreementDraft of(SharingAgreement text, String self, String partner) {
        return new AgreementDraft(
                text.purposes(),
                text.purposeOnUse(),
                text.kinds(),
                text.maxTlp(),
                text.relay(),
                text.retentionDays(),
                Optional.of(text.validFrom()),
                Optional.of(text.validUntil()),
                text.noticeDays(),
                text.legalBasis(),
                text.reference(),
                contacts(text, self),
                contacts(text, partner));
    }

    private static List<String> contacts(SharingAgreement text, String party) {
        return text.party(party).map(SharingAgreement.Party::contacts).orElse(List.of());
    }

    /** What must be completed before it can be signed: names of members of a proposal. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (purposes.isEmpty()) {
            missing.add("purposes");
        }
        if (legalBasis.isBlank()) {
            missing.add("legal_basis");
        }
        if (validUntil.isEmpty()) {
            missing.add("valid_until");
        }
        if (ownContacts.isEmpty()) {
            missing.add("own_contacts");
        }
        if (partnerContacts.isEmpty()) {
            missing.add("partner_contacts");
        }
        return missing;
    }

    /**
     * The text that is signed.
     *
     * @param further the parties besides the two; empty when these are all
     */
    SharingAgreement text(
            String id,
            Instant created,
            Instant modified,
            TrustedCentre own,
            TrustedCentre partner,
            List<SharingAgreement.Party> further) {
        return new SharingAgreement(
                id,
                created,
                modified,
                own.identity(),
                Stream.concat(
                                Stream.of(
                                        new SharingAgreement.Party(
                                                own.identity(), own.name(), own.title(), ownContacts),
                                        new SharingAgreement.Party(
                                                partner.identity(), partner.name(), partner.title(), partnerContacts)),
                                further.stream())
                        .toList(),
                purposes,
                purposeOnUse,
                kinds,
                maxTlp,
                relay,
                retentionDays,
                validFrom.orElse(modified),
                validUntil.orElse(modified),
                noticeDays,
                legalBasis,
                reference);
    }
}
