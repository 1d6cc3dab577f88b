package uz.koprik.gateway.cli.partners;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import uz.koprik.crypto.algorithm.KeyRejected;
import uz.koprik.crypto.trust.CardRejected;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.OtherKey;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;
import uz.koprik.gateway.renewal.KeyChangeRefused;

/** Announces the next signing key. */
@Command(
        name = "announce",
        description = {
            "Makes the next signing key of this centre and puts it on the card, so that partners know it before it is used.",
            "A running centre notices within a second."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:announced",
            "1:a key is announced already, or the card has no room",
            "2:the command line is wrong",
            "4:the home or its keys cannot be used"
        })
final class KeyAnnounceCommand extends KeyChangeCommand {

    @Option(
            names = "--alg",
            paramLabel = "ALG",
            description = "Algorithm of the new key, Ed25519 or ES256; that of the present key when absent.")
    String algorithm = "";

    @Mixin
    KeyPlaceOptions place;

    @Option(
            names = "--label",
            paramLabel = "LABEL",
            description =
                    "With --pkcs11: use the key with this label, which is on the token already, instead of making one.")
    String label = "";

    @Override
    void change(Opened opened) throws IOException, TrustListRejected, CardRejected, KeyRejected, KeyChangeRefused {
        CentreKeys before = opened.changes().keys();
        if (!label.isEmpty() && !place.onToken(before)) {
            throw new Failure(ExitCode.USAGE, "--label: names a key on a PKCS#11 token; add --pkcs11, or leave it out");
        }
        CentreCard card = opened.changes()
                .announce(() ->
                        place.make(opened.home(), before, opened.config().name(), algorithm, label, opened.now()));
        OtherKey next = opened.changes().keys().nextSigning().orElseThrow();
        out().println("announced the key " + next.kid()
                + next.key().hardware().map(token -> " on " + token).orElse("") + "; `koprik key rotate` uses it, from "
                + opened.changes().usableFrom(next) + " on");
        tellPartners(opened.home(), card);
    }
}
