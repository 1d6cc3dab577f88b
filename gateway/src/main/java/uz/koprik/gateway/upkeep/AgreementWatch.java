package uz.koprik.gateway.upkeep;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.agreements.AgreementBook;
import uz.koprik.gateway.agreements.AgreementState;
import uz.koprik.gateway.agreements.AgreementVersion;
import uz.koprik.gateway.agreements.PartnerAgreements;
import uz.koprik.gateway.alerts.log.Notice;

/** Finds proposals of partners that wait for an answer, and signed agreements that hold no more. */
public final class AgreementWatch {

    private final AgreementBook book;

    public AgreementWatch(AgreementBook book) {
        this.book = book;
    }

    /** All that holds now. */
    public List<Notice> notices() {
        Instant now = book.now();
        List<Notice> found = new ArrayList<>();
        for (TrustedCentre centre : book.partners()) {
            PartnerAgreements agreements = book.with(centre.identity());
            agreements.toAnswer(now).stream()
                    .map(version -> waits(centre.name(), version))
                    .forEach(found::add);
            agreements
                    .ruling(now)
                    .filter(version -> agreements.state(version, now) != AgreementState.IN_FORCE)
                    .map(version -> over(centre.name(), version, agreements, now))
                    .ifPresent(found::add);
        }
        return found;
    }

    private static Notice waits(String partner, AgreementVersion version) {
        return Notice.lasting(
                Notice.Kind.AGREEMENT,
                "proposal",
                partner,
                version.firstSeen(),
                partner + " proposes version " + version.text().modified()
                        + " of an agreement, which waits for an answer",
                "read it by `koprik agreement show " + version.text().id() + "`, and accept or decline it");
    }

    private static Notice over(String partner, AgreementVersion version, PartnerAgreements agreements, Instant now) {
        AgreementState state = agreements.state(version, now);
        Instant since =
                switch (state) {
                    case TERMINATED -> agreements.terminated(version).orElseThrow();
                    case ENDED -> version.text().validUntil();
                    default -> version.firstSeen();
                };
        return Notice.lasting(
                Notice.Kind.AGREEMENT,
                state.word(),
                partner,
                since,
                "the agreement with " + partner + " is " + state.word() + " since " + since
                        + ", so nothing but TLP:CLEAR goes there",
                "if the exchange goes on, propose the next version by `koprik agreement propose " + partner
                        + " --change " + version.text().id() + "`");
    }
}
