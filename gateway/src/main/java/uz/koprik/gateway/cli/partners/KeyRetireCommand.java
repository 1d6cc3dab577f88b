package uz.koprik.gateway.cli.partners;

import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uz.koprik.crypto.trust.CardRejected;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.gateway.partners.KeyNames;
import uz.koprik.gateway.renewal.KeyChangeRefused;

/** Takes a key off the card. */
@Command(
        name = "retire",
        preprocessor = ThumbprintArguments.class,
        description = {
            "Takes a key of this centre off its card, and its private half out of the key file: an announced key that shall",
            "not be used, or a former one. What it signed before stays proven."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:retired",
            "1:there is no such key, it is not named clearly, or it is in use",
            "2:the command line is wrong",
            "4:the home or its keys cannot be used"
        })
final class KeyRetireCommand extends KeyChangeCommand {

    @Parameters(
            paramLabel = "KEY",
            description = "centre/number such as tashkent/2, or at least four characters of the thumbprint.")
    String key;

    @Option(names = "--now", description = "Also when a former key was not on the card for the time of keys.overlap.")
    boolean early;

    @Override
    void change(Opened opened)
            throws IOException, TrustListRejected, CardRejected, KeyChangeRefused, KeyNames.UnclearKey {
        TrustList list = opened.list();
        KeyNames.NamedKey named = KeyNames.find(list, key);
        if (!named.centre().name().equals(list.owner()) || named.removed()) {
            throw new KeyChangeRefused("the key " + named.name() + " is one of "
                    + named.centre().name() + ", which retires its keys by its own card; to take nothing more that it"
                    + " signs: `koprik key revoke`");
        }
        Optional<String> token = opened.changes().keys().otherSigning().stream()
                .filter(other -> other.kid().equals(named.key().kid()))
                .findFirst()
                .flatMap(other -> other.key().hardware());
        CentreCard card = opened.changes().retire(named.key().kid(), early);
        out().println("retired " + named.name() + " (" + named.key().kid() + ")");
        token.ifPresent(place -> out().println("its private half is on " + place
                + " still: delete it there by the vendor's tool when nothing needs it"));
        tellPartners(opened.home(), card);
    }
}
