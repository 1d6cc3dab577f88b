package uz.koprik.gateway.cli.partners;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import uz.koprik.crypto.trust.CardRejected;
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
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.HomeLock;
import uz.koprik.gateway.config.HomeManifest;
import uz.koprik.gateway.partners.PartnersFile;
import uz.koprik.gateway.renewal.OwnTrust;

/** Takes a partner off the trust list. */
@Command(
        name = "remove",
        description =
                "Removes a partner: it is not let in any more, and nothing new signed by its keys is taken. What it sent before"
                        + " stays, and stays proven: its keys are kept as retired.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:removed",
            "1:there is no such partner",
            "2:the command line is wrong",
            "4:the home or its keys cannot be used"
        })
final class PartnerRemoveCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "The partner.")
    String name;

    @Override
    public Integer call() throws IOException {
        Home home = HomeOption.existing(spec);
        try (HomeLock lock = HomeLock.take(home)) {
            lock.held();
            CentreKeys keys = Gateway.keys(home);
            TrustListFile file = new TrustListFile(home.trust());
            Instant now = ProcessClock.get().instant();
            TrustList list = file.loadForRenewal(keys.publicKey().kid());
            PartnersFile partners = new PartnersFile(home.partners(), home.root());
            if (list.owner().equals(name)) {
                throw new Failure(ExitCode.USAGE, name + " is this centre itself");
            }
            boolean mentioned = partners.read(java.time.Duration.ofSeconds(30)).stream()
                    .anyMatch(p -> p.name().equals(name));
            if (list.centre(name).isEmpty() && !mentioned) {
                throw new Failure(
                        ExitCode.FAILED, "there is no partner " + name + "; `koprik partner list` names them");
            }
            partners.remove(name);
            if (list.centre(name).isPresent()) {
                file.update(keys.signingKey(), before -> before.without(name, now));
            }
            new HomeManifest(home).partnersChanged();
            CommandOutput.out(spec).println("removed " + name);
            if (list.centre(name).isPresent()) {
                OwnTrust.renewedByChange(list, now)
                        .ifPresent(note -> CommandOutput.out(spec).println("note: " + note));
            }
            CommandOutput.out(spec).flush();
            return ExitCode.OK;
        } catch (CardRejected impossible) {
            throw new IllegalStateException("a list with one centre less cannot clash", impossible);
        } catch (StartFailure | TrustListRejected | ConfigException unusable) {
            throw new Failure(ExitCode.HOME, unusable.getMessage());
        }
    }
}
