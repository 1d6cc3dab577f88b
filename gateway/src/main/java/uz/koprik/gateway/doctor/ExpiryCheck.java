package uz.koprik.gateway.doctor;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.gateway.centre.StartFailure;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.feeds.PartnerProbe;
import uz.koprik.gateway.partners.PartnerSettings;
import uz.koprik.gateway.renewal.Expiries;
import uz.koprik.gateway.renewal.Expiry;
import uz.koprik.indicators.store.StoreUnavailable;

/** Nothing ends soon: lists, cards, keys, certificates and agreements, here and at partners. */
final class ExpiryCheck implements DoctorCheck {

    @Override
    public String what() {
        return "ends";
    }

    @Override
    public List<Finding> look(Examined examined)
            throws IOException, ConfigException, StartFailure, TrustListRejected, StoreUnavailable {
        TrustList list = examined.trust();
        CentreKeys keys = examined.keys();
        Collection<PartnerSettings> partners = examined.agreed().all();
        List<PartnerAnswer> answers = examined.answers();
        Instant now = examined.now();
        List<Finding> found = new ArrayList<>();
        List<Expiry> all =
                new Expiries(() -> list, () -> keys, () -> partners, name -> certificate(answers, name)).all();
        for (Expiry expiry : all) {
            if (expiry.near(now)) {
                found.add(Finding.sentence(
                        expiry.own() && expiry.ended(now) ? Finding.Level.ERROR : Finding.Level.WARNING,
                        what(),
                        expiry.sentence(now),
                        ": "));
            }
        }
        if (found.isEmpty()) {
            found.add(Finding.ok(
                    what(),
                    all.isEmpty()
                            ? "nothing ends"
                            : "the first end is at " + all.getFirst().at()));
        }
        return found;
    }

    private static Optional<Instant> certificate(List<PartnerAnswer> answers, String partner) {
        return answers.stream()
                .filter(answer -> answer.name().equals(partner))
                .flatMap(answer -> answer.answer().stream())
                .flatMap(answer -> answer.certificateEnd().stream())
                .findFirst();
    }
}
