package uz.koprik.gateway.doctor;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.agreements.AgreementBook;
import uz.koprik.gateway.agreements.PartnerAgreements;
import uz.koprik.gateway.centre.StartFailure;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.feeds.PartnerProbe;
import uz.koprik.gateway.partners.Partners;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.AgreementBasis;
import uz.koprik.indicators.store.StoreUnavailable;

/** Each partner answers from here, with the TLS key that the trust list has. */
final class PartnerCheck implements DoctorCheck {

    @Override
    public String what() {
        return "partner";
    }

    @Override
    public List<Finding> look(Examined examined) throws IOException, ConfigException, StartFailure, TrustListRejected {
        List<Finding> found = new ArrayList<>();
        examined.answers().forEach(answer -> found.add(finding(answer)));
        return found;
    }

    private static Finding finding(PartnerAnswer partner) {
        String what = "partner " + partner.name();
        if (partner.endpoint().isEmpty()) {
            return partner.called()
                    ? Finding.warning(
                            what,
                            "pull or push is on, but its card names no address",
                            "ask its operators for a card with an address (public_url there), and add it")
                    : Finding.ok(what, "has no address, and is not called");
        }
        if (partner.answer().isEmpty()) {
            return Finding.warning(
                    what,
                    partner.endpoint() + " did not answer in time",
                    "check the network between, and ask its operators whether its gateway is overloaded");
        }
        PartnerProbe.Answer answer = partner.answer().get();
        if (answer.trouble().isEmpty()) {
            return Finding.ok(what, "answers at " + partner.endpoint() + ", with the TLS key or certificate expected");
        }
        if (answer.refused()) {
            return Finding.sentence(Finding.Level.ERROR, what, answer.trouble().get(), ": either ");
        }
        return partner.called() || answer.status() != 0
                ? Finding.sentence(Finding.Level.WARNING, what, answer.trouble().get(), ": ")
                : Finding.ok(
                        what,
                        "is not reachable from here, and is not called: "
                                + answer.trouble().get());
    }

    /** A signed agreement is in force with each partner centre, and none waits for an answer. */
    static final class Agreements implements DoctorCheck {

        @Override
        public String what() {
            return "agreement";
        }

        @Override
        public List<Finding> look(Examined examined)
                throws IOException, ConfigException, StartFailure, TrustListRejected, StoreUnavailable {
            if (!examined.ownStore()) {
                return List.of(Finding.ok(what(), "they are on the cluster; `koprik agreement list` shows them"));
            }
            AgreementBook book = examined.agreements();
            Partners partners = examined.agreed();
            List<Finding> found = new ArrayList<>();
            for (TrustedCentre centre : book.partners()) {
                found.add(holds(centre.name(), partners.partner(centre.name()).agreement()));
                waiting(centre, book.with(centre.identity()), examined.now()).forEach(found::add);
            }
            return found;
        }

        private static Finding holds(String partner, Agreement terms) {
            String what = "agreement with " + partner;
            return switch (terms.basis()) {
                case AgreementBasis.Signed signed ->
                    Finding.ok(
                            what,
                            "is signed by all parties and in force until "
                                    + terms.validUntil().orElseThrow());
                case AgreementBasis.Settings settings ->
                    Finding.warning(
                            what,
                            "is not signed; the interim terms of partners.yaml hold",
                            "propose one by `koprik agreement propose " + partner + " --from-settings`");
                case AgreementBasis.Nothing nothing ->
                    Finding.warning(
                            what,
                            "is not in force, so " + partner + " gets nothing but TLP:CLEAR: " + nothing.why(),
                            "`koprik agreement list` shows all; propose one by `koprik agreement propose " + partner
                                    + "`");
            };
        }

        private static List<Finding> waiting(TrustedCentre centre, PartnerAgreements agreements, Instant now) {
            return agreements.toAnswer(now).stream()
                    .map(version -> Finding.warning(
                            "agreement with " + centre.name(),
                            "a proposal of " + centre.name() + " of "
                                    + version.text().modified() + " waits for an answer",
                            "read it by `koprik agreement show "
                                    + version.text().id() + "`, and accept or decline it"))
                    .toList();
        }
    }
}
