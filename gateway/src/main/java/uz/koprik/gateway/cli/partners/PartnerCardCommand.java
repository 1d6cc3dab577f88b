package uz.koprik.gateway.cli.partners;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.gateway.centre.Gateway;
import uz.koprik.gateway.centre.StartFailure;
import uz.koprik.gateway.cli.CommandOutput;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;
import uz.koprik.gateway.cli.HomeOption;
import uz.koprik.gateway.cli.OutputFile;
import uz.koprik.gateway.clock.ProcessClock;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.HomeLock;
import uz.koprik.gateway.renewal.CardFindings;
import uz.koprik.gateway.renewal.OwnTrust;
import uz.koprik.indicators.store.StoreUnavailable;

/** Shows this centre's own card. */
@Command(
        name = "card",
        description =
                "Writes the card by which partners add this centre, and its fingerprint to be read aloud to them. The card says"
                        + " what koprik.yaml and the keys say now, and is renewed when it ends soon.",
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
        CentreKeys keys;
        OwnTrust.Current current;
        Instant now = ProcessClock.get().instant();
        try (HomeLock lock = HomeLock.take(home)) {
            lock.held();
            keys = Gateway.keys(home);
            Optional<String> running = Files.exists(home.url())
                    ? Optional.of(Files.readString(home.url()).strip())
                    : Optional.empty();
            current = new OwnTrust(home, ConfigFile.read(home.config()), keys, Optional.empty()).follow(running, now);
        } catch (ConfigException | StartFailure | TrustListRejected | StoreUnavailable unusable) {
            throw new Failure(ExitCode.HOME, unusable.getMessage());
        }
        CentreCard card = current.card();
        if (out == null) {
            CommandOutput.out(spec).json(new String(card.bytes(), java.nio.charset.StandardCharsets.UTF_8));
        } else {
            OutputFile.write(out, card.bytes());
        }
        // On standard error, so that the card can be redirected into a file.
        CommandOutput.err(spec)
                .println("fingerprint of " + card.name() + ": " + card.fingerprint()
                        + " — read it aloud to the partner's operators");
        current.done().forEach(sentence -> CommandOutput.err(spec).println("note: " + sentence));
        current.warnings().forEach(finding -> CommandOutput.err(spec).println("warning: " + finding));
        CardFindings.of(card, keys.tlsCertificate(), now)
                .forEach(finding -> CommandOutput.err(spec).println("warning: " + finding));
        CommandOutput.out(spec).flush();
        CommandOutput.err(spec).flush();
        return ExitCode.OK;
    }
}
