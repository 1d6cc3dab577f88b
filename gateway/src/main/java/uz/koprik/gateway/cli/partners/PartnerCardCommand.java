package uz.koprik.gateway.cli.partners;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import uz.koprik.crypto.trust.CardRejected;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.crypto.trust.TrustListFile;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.gateway.centre.Gateway;
import uz.koprik.gateway.centre.StartFailure;
import uz.koprik.gateway.cli.CommandOutput;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;
import uz.koprik.gateway.cli.FileFailures;
import uz.koprik.gateway.cli.HomeOption;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.HomeManifest;
import uz.koprik.gateway.config.SecretFile;

/** Shows this centre's own card. */
@Command(
        name = "card",
        description =
                "Writes the card by which partners add this centre, and its fingerprint to be read aloud to them.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:written", "2:the command line is wrong", "4:the home or its keys cannot be used"})
final class PartnerCardCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Where to write the card; to standard output when absent.")
    Path out;

    @Option(names = "--out", hidden = true, description = "The former name of --output.")
    void former(Path file) {
        out = file;
    }

    @Override
    public Integer call() throws IOException {
        Home home = HomeOption.existing(spec);
        CentreCard card = current(home);
        if (out == null) {
            CommandOutput.out(spec).json(new String(card.bytes(), java.nio.charset.StandardCharsets.UTF_8));
        } else {
            Files.write(FileFailures.requireTarget(out), card.bytes());
        }
        // On standard error, so that the card can be redirected into a file.
        CommandOutput.err(spec)
                .println("fingerprint of " + card.name() + ": " + card.fingerprint()
                        + " — read it aloud to the partner's operators");
        CommandOutput.out(spec).flush();
        CommandOutput.err(spec).flush();
        return ExitCode.OK;
    }

    /**
     * The card in the home; issued again when it does not say any more where, or by which TLS key, the centre is
     * reached.
     */
    private static CentreCard current(Home home) throws IOException {
        try {
            CentreCard card = CentreCard.read(Files.readAllBytes(home.ownCard()));
            if (!Files.exists(home.url())) {
                return card;
            }
            String endpoint = Files.readString(home.url()).strip() + Gateway.API_ROOT;
            CentreKeys keys = Gateway.keys(home);
            if (card.endpoint().equals(endpoint) && card.tlsPins().contains(keys.tlsPin())) {
                return card;
            }
            TrustList list = new TrustListFile(home.trust())
                    .loadForRenewal(keys.publicKey().kid());
            CentreCard fresh = OwnCard.issue(card, endpoint, keys, list, java.time.Instant.now());
            new HomeManifest(home).change("cards/own.json", () -> SecretFile.replace(home.ownCard(), fresh.bytes()));
            return fresh;
        } catch (CardRejected | StartFailure | TrustListRejected unusable) {
            throw new Failure(ExitCode.HOME, unusable.getMessage());
        }
    }
}
