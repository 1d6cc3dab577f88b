package uz.koprik.gateway.cli.partners;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uz.koprik.crypto.trust.CardRejected;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.OtherKey;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.gateway.renewal.KeyChangeRefused;

/** Makes a new TLS certificate, or a new TLS key in two steps. */
@Command(
        name = "renew",
        description = {
            "Makes a new TLS certificate for the host names of tls.host_names. Its key and so its pin stay, unless --new-key.",
            "The centre shows it after its next start. A start renews a certificate by itself when it lacks a host name or",
            "ends within 60 days."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:made",
            "1:the next TLS key is not announced long enough, or the card has no room",
            "2:the command line is wrong",
            "4:the home or its keys cannot be used"
        })
final class TlsRenewCommand extends KeyChangeCommand {

    @Option(
            names = "--new-key",
            description = {
                "Change the TLS key: the first call announces the next pin on the card, the second one, after the time of",
                "keys.announce, uses it. The former pin stays on the card for the time of keys.overlap."
            })
    boolean newKey;

    @Option(
            names = "--now",
            description = "With --new-key: use the announced key also when partners had no time to learn of its pin.")
    boolean early;

    @Override
    void change(Opened opened) throws IOException, TrustListRejected, CardRejected, KeyChangeRefused {
        if (!newKey) {
            opened.changes().renewCertificate();
            said(opened, "made a new TLS certificate for the same key");
        } else if (opened.changes().keys().nextTls().isEmpty()) {
            CentreCard card = opened.changes().announceTls();
            OtherKey next = opened.changes().keys().nextTls().orElseThrow();
            out().println("announced the TLS pin " + next.pin() + "; the same command uses it, from "
                    + opened.changes().usableFrom(next) + " on");
            tellPartners(opened.home(), card);
        } else {
            CentreCard card = opened.changes().rotateTls(early);
            OtherKey former = opened.changes().keys().otherTls().getLast();
            said(opened, "made a TLS certificate for the announced key");
            out().println("the former pin " + former.pin() + " leaves the card at "
                    + opened.changes().listedUntil(former));
            tellPartners(opened.home(), card);
        }
    }

    private void said(Opened opened, String what) {
        out().println(what + ": for " + String.join(", ", opened.config().tls().hostNames()) + ", valid until "
                + opened.changes().keys().tlsCertificate().getNotAfter().toInstant() + ", pin "
                + opened.changes().keys().tlsPin());
        out().println("a running centre shows it within seconds; clients that go by a copy of "
                + opened.home().certificate() + " need the new file");
        if (!newKey) {
            copyHome(opened.home());
        }
    }
}
