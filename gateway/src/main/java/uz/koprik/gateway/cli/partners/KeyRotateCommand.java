package uz.koprik.gateway.cli.partners;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uz.koprik.crypto.trust.CardRejected;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.OtherKey;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.gateway.renewal.KeyChangeRefused;

/** Signs with the announced key. */
@Command(
        name = "rotate",
        description = {
            "Signs with the announced key from now on. The former one stays on the card for the time of keys.overlap, and",
            "what it signed stays proven. A running centre notices within a second."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:rotated",
            "1:no key is announced, or not long enough",
            "2:the command line is wrong",
            "4:the home or its keys cannot be used"
        })
final class KeyRotateCommand extends KeyChangeCommand {

    @Option(
            names = "--now",
            description = "Also when partners had no time to learn of the key; they refuse objects until they do.")
    boolean early;

    @Override
    void change(Opened opened) throws IOException, TrustListRejected, CardRejected, KeyChangeRefused {
        CentreCard card = opened.changes().rotate(early);
        OtherKey former = opened.changes().keys().otherSigning().getLast();
        out().println("this centre signs with the key "
                + opened.changes().keys().publicKey().kid() + " from now on; the former one, " + former.kid()
                + ", leaves the card at " + opened.changes().listedUntil(former));
        tellPartners(opened.home(), card);
    }
}
