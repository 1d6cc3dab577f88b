package uz.koprik.gateway.cli.partners;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import uz.koprik.crypto.algorithm.KeyRejected;
import uz.koprik.crypto.trust.CardRejected;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.KeyFile;
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
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.HomeLock;
import uz.koprik.gateway.config.HomeManifest;
import uz.koprik.gateway.partners.KeyNames;
import uz.koprik.gateway.renewal.KeyChangeRefused;
import uz.koprik.gateway.renewal.OwnTrust;

/** Revokes a signing key, our own or a partner's. */
@Command(
        name = "revoke",
        preprocessor = ThumbprintArguments.class,
        description = {
            "Revokes a signing key that somebody else may hold. What was first seen here before the moment stays proven;",
            "everything else that only this key signed is marked. Revoking the key with which this centre signs makes a",
            "new one at once, and a new card for all partners. A running centre notices within a second."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:revoked",
            "1:there is no such key, or it is not named clearly",
            "2:the command line is wrong",
            "4:the home or its keys cannot be used"
        })
final class KeyRevokeCommand implements Callable<Integer> {

    private static final int MAX_REASON = 400;

    @Spec
    CommandSpec spec;

    @Parameters(
            paramLabel = "KEY",
            description = "centre/number such as budapest/1, or at least four characters of the thumbprint.")
    String key;

    @Option(
            names = "--compromised-since",
            required = true,
            paramLabel = "TIME",
            description = "From when on somebody else may have used the key, such as 2026-11-22T09:00:00Z.")
    String since;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, in words; kept on the own trust list only.")
    String reason = "";

    @Mixin
    KeyPlaceOptions place;

    @Override
    public Integer call() throws IOException {
        Home home = HomeOption.existing(spec);
        Instant now = ProcessClock.get().instant();
        Instant moment = moment(now);
        if (reason.length() > MAX_REASON || reason.chars().anyMatch(Character::isISOControl)) {
            throw new Failure(
                    ExitCode.USAGE, "--reason: at most " + MAX_REASON + " characters without line breaks, please");
        }
        try (HomeLock lock = HomeLock.take(home)) {
            lock.held();
            CentreKeys keys = Gateway.keys(home);
            TrustListFile file = new TrustListFile(home.trust());
            TrustList list = list(home, file, keys);
            KeyNames.NamedKey named = KeyNames.find(list, key);
            CommandOutput out = CommandOutput.out(spec);
            if (named.centre().name().equals(list.owner()) && !named.removed()) {
                own(home, list, keys, named, moment, now);
            } else {
                file.update(
                        keys.signingKey(),
                        before -> before.withRevoked(named.key().kid(), moment, reason.strip(), now));
                new HomeManifest(home).partnersChanged();
                said(named, moment);
            }
            out.println("`koprik key impact " + KeyNames.argument(named.key().kid())
                    + "` lists the objects that are not proven any more");
            out.flush();
            return ExitCode.OK;
        } catch (KeyNames.UnclearKey | KeyChangeRefused unclear) {
            throw new Failure(ExitCode.FAILED, unclear.getMessage());
        } catch (StartFailure
                | TrustListRejected
                | CardRejected
                | KeyFileRejected
                | KeyRejected
                | ConfigException unusable) {
            throw new Failure(ExitCode.HOME, unusable.getMessage());
        }
    }

    private Instant moment(Instant now) {
        Instant moment;
        try {
            moment = Instant.parse(since);
        } catch (DateTimeParseException wrong) {
            throw new Failure(
                    ExitCode.USAGE, "--compromised-since: write the moment in UTC, such as 2026-11-22T09:00:00Z");
        }
        if (moment.isAfter(now)) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--compromised-since " + since + " lies ahead: write the moment from which somebody else may have"
                            + " used the key, at the latest now");
        }
        return moment;
    }

    /**
     * The trust list. After a crash between new keys and new list, the key of the own card still signs the list; then
     * the command is run again and finishes the work.
     */
    private static TrustList list(Home home, TrustListFile file, CentreKeys keys)
            throws IOException, TrustListRejected, CardRejected {
        try {
            return file.loadForRenewal(keys.publicKey().kid());
        } catch (TrustListRejected rejected) {
            if (rejected.reason() != TrustListRejected.Reason.BAD_SIGNATURE) {
                throw rejected;
            }
            CentreCard card = CentreCard.read(Files.readAllBytes(home.ownCard()));
            return file.loadForRenewal(card.keys().getFirst().kid());
        }
    }

    private void own(Home home, TrustList list, CentreKeys before, KeyNames.NamedKey named, Instant moment, Instant now)
            throws IOException, TrustListRejected, CardRejected, KeyFileRejected, KeyRejected, ConfigException,
                    KeyChangeRefused {
        String kid = named.key().kid();
        boolean current = before.publicKey().kid().equals(kid);
        // Where the present key is not on the list, the command was interrupted after it made that key.
        String signedBy = current || list.key(before.publicKey().kid()).isEmpty()
                ? kid
                : before.publicKey().kid();
        CentreKeys keys = before;
        if (current) {
            CentreKeys fresh =
                    before.withSigning(list.owner(), place.make(home, before, list.owner(), "", "", now), now);
            char[] passphrase = Gateway.passphrase(home);
            new HomeManifest(home)
                    .change("keys/centre.p12", () -> new KeyFile(home.keyFile()).replace(fresh, passphrase));
            keys = fresh;
        } else if (before.otherSigning().stream().anyMatch(held -> held.kid().equals(kid))) {
            CentreKeys fresh = before.without(kid);
            char[] passphrase = Gateway.passphrase(home);
            new HomeManifest(home)
                    .change("keys/centre.p12", () -> new KeyFile(home.keyFile()).replace(fresh, passphrase));
            keys = fresh;
        }
        Optional<String> running = Files.exists(home.url())
                ? Optional.of(Files.readString(home.url()).strip())
                : Optional.empty();
        CentreCard card = new OwnTrust(home, ConfigFile.read(home.config()), keys, Optional.empty())
                .revoke(signedBy, kid, moment, reason.strip(), running, now)
                .card();
        said(named, moment);
        CommandOutput out = CommandOutput.out(spec);
        if (!signedBy.equals(before.publicKey().kid()) || current) {
            out.println("this centre signs with the new key " + keys.publicKey().kid()
                    + keys.signingKey().hardware().map(token -> " on " + token).orElse("") + " from now on");
        }
        keys.nextSigning()
                .filter(next -> next.key().hardware().isEmpty())
                .ifPresent(
                        next -> out.println(
                                "the announced key " + next.kid()
                                        + " lay in the same key file: if that file was stolen, revoke it as well, and announce another one"));
        out.println(
                "partners that run fetch the new card within a minute, and take it if another key that they know signs it;"
                        + " send it to all others (`koprik partner card --output FILE`), and read them its fingerprint: "
                        + card.fingerprint());
        out.println("then publish again what this centre signed since that moment: `koprik key republish "
                + KeyNames.argument(kid) + "`");
    }

    private void said(KeyNames.NamedKey named, Instant moment) {
        CommandOutput.out(spec)
                .println("revoked " + named.name() + " (" + named.key().kid() + "): compromised since " + moment
                        + named.key()
                                .compromisedSince()
                                .map(before -> ", and not since " + before + " as said before")
                                .orElse(""));
    }
}
