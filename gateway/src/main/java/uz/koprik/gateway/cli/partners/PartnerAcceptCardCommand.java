package uz.koprik.gateway.cli.partners;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
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
import uz.koprik.gateway.cli.HomeOption;
import uz.koprik.gateway.clock.ProcessClock;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.HomeLock;
import uz.koprik.gateway.partners.CardOffers;

/** Takes the newer card of a partner that waits for a person. */
@Command(
        name = "accept-card",
        description = {
            "Takes the newer card of a partner that this centre fetched and that waits, since partners.cards is ask.",
            "`koprik partner status` shows its fingerprint. A running centre notices within a second."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:taken",
            "1:no card of that partner waits, or it cannot be taken any more",
            "2:the command line is wrong",
            "4:the home or its keys cannot be used"
        })
final class PartnerAcceptCardCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "The partner.")
    String name;

    @Override
    public Integer call() throws IOException {
        Home home = HomeOption.existing(spec);
        Instant now = ProcessClock.get().instant();
        try (HomeLock lock = HomeLock.take(home)) {
            lock.held();
            CentreKeys keys = Gateway.keys(home);
            TrustList list = new TrustListFile(home.trust())
                    .loadForRenewal(keys.publicKey().kid());
            Optional<CentreCard> card = list.centre(name).isEmpty()
                    ? Optional.empty()
                    : CardOffers.accept(home, name, Optional.empty(), keys.signingKey(), list, now);
            CentreCard taken = card.orElseThrow(() -> new Failure(
                    ExitCode.FAILED,
                    "no card of a partner " + name + " waits; `koprik partner status` shows those that do"));
            CommandOutput.out(spec)
                    .println("took the card of " + name + ", number " + taken.sequence() + " of " + taken.issued()
                            + ", with the fingerprint " + taken.fingerprint());
            CommandOutput.out(spec).flush();
            return ExitCode.OK;
        } catch (CardRejected rejected) {
            throw new Failure(ExitCode.FAILED, rejected.getMessage());
        } catch (StartFailure | TrustListRejected unusable) {
            throw new Failure(ExitCode.HOME, unusable.getMessage());
        }
    }
}
