package uz.koprik.gateway.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.gateway.centre.StartFailure;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.feeds.PartnerProbe;

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
}
