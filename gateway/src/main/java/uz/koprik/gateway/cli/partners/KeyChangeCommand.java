package uz.koprik.gateway.cli.partners;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import uz.koprik.crypto.algorithm.KeyRejected;
import uz.koprik.crypto.trust.CardRejected;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.KeyFileRejected;
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
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.HomeLock;
import uz.koprik.gateway.partners.KeyNames;
import uz.koprik.gateway.renewal.KeyChangeRefused;
import uz.koprik.gateway.renewal.KeyChanges;

/** A command that changes keys of this centre. */
abstract class KeyChangeCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    /** What the command does. */
    abstract void change(Opened opened)
            throws IOException, TrustListRejected, CardRejected, KeyRejected, KeyChangeRefused, KeyNames.UnclearKey;

    /** The home whose keys are changed. */
    record Opened(Home home, Config config, KeyChanges changes, Instant now) {

        /** The trust list. A change that was interrupted is finished by the changes, which read it themselves. */
        TrustList list() throws IOException, TrustListRejected {
            return new TrustListFile(home.trust())
                    .loadForRenewal(changes.keys().publicKey().kid());
        }
    }

    @Override
    public final Integer call() throws IOException {
        Home home = HomeOption.existing(spec);
        Instant now = ProcessClock.get().instant();
        try (HomeLock lock = HomeLock.take(home)) {
            lock.held();
            Config config = ConfigFile.read(home.config());
            KeyChanges changes = new KeyChanges(home, config, Gateway.keys(home), Gateway.passphrase(home), now);
            changes.finish();
            change(new Opened(home, config, changes, now));
            out().flush();
            return ExitCode.OK;
        } catch (KeyChangeRefused | KeyNames.UnclearKey refused) {
            throw new Failure(ExitCode.FAILED, refused.getMessage());
        } catch (KeyRejected unknown) {
            throw new Failure(ExitCode.USAGE, "--alg: " + unknown.getMessage());
        } catch (ConfigException | StartFailure | KeyFileRejected | TrustListRejected | CardRejected unusable) {
            throw new Failure(ExitCode.HOME, unusable.getMessage());
        }
    }

    final CommandOutput out() {
        return CommandOutput.out(spec);
    }

    /** What to do after each change of the card. */
    final void tellPartners(Home home, CentreCard card) {
        out().println("the card has the number " + card.sequence() + " and the fingerprint " + card.fingerprint()
                + "; partners fetch it by themselves, those that run within a minute");
        copyHome(home);
    }

    final void copyHome(Home home) {
        out().println("where several gateways share this centre, copy " + home.keyFile()
                + " into the home of each, then start it again");
    }
}
