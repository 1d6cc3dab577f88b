package uz.koprik.gateway.cli.partners;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import uz.koprik.crypto.trust.CardRejected;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.CompromisedKey;
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
import uz.koprik.gateway.cli.TlpConverter;
import uz.koprik.gateway.clock.ProcessClock;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.HomeLock;
import uz.koprik.gateway.config.HomeManifest;
import uz.koprik.gateway.logging.TerminalText;
import uz.koprik.gateway.partners.Endpoints;
import uz.koprik.gateway.partners.PartnerSettings;
import uz.koprik.gateway.partners.PartnersFile;
import uz.koprik.gateway.renewal.OwnTrust;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.StixId;

/** Takes a partner's card over into the trust list, and writes how to deal with it. */
@Command(
        name = "add",
        description =
                "Adds a partner by its card, or takes over its new card. A running centre notices within a second.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:added",
            "1:the card or its fingerprint is not right",
            "2:the command line is wrong",
            "4:the home or its keys cannot be used"
        })
final class PartnerAddCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Parameters(
            paramLabel = "CARDFILE",
            description = "The card, as the partner's `koprik partner card --output` wrote it.")
    Path cardFile;

    @Option(
            names = "--fingerprint",
            paramLabel = "XXXX-XXXX-XXXX-XXXX",
            description =
                    "What the partner's operators read aloud. Without it you are asked, on a terminal; not for a card that"
                            + " a key on the trust list signs.")
    String fingerprint;

    @Option(
            names = "--role",
            split = ",",
            defaultValue = "producer,relay",
            description =
                    "What it may do: producer (its own objects are taken), relay (it may hand on and vouch for objects of"
                            + " others). Default: ${DEFAULT-VALUE}.")
    List<String> roles;

    @Option(
            names = "--pull",
            negatable = true,
            description = "Whether to fetch objects from it (for a new partner: yes).")
    Boolean pull;

    @Option(
            names = "--push",
            negatable = true,
            description = "Whether to send it new objects at once (for a new partner: yes).")
    Boolean push;

    @Option(
            names = "--max-tlp",
            converter = TlpConverter.class,
            description = "The narrowest marking of our own objects it is given: clear, green, amber or amber+strict.")
    Tlp maxTlp;

    @Option(names = "--purpose", description = "The purpose for which personal observables are shared with it.")
    String purpose;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "When the agreement ends, such as 2027-06-30T00:00:00Z.")
    String until;

    @Option(
            names = "--agreement",
            paramLabel = "TEXT",
            description = "Where the paper of the agreement lies, in words.")
    String reference;

    @Option(names = "--accept-unsigned", negatable = true, description = "Whether to take objects that nobody signed.")
    Boolean acceptUnsigned;

    @Override
    public Integer call() throws IOException {
        Home home = HomeOption.existing(spec);
        CommandOutput out = CommandOutput.out(spec);
        try {
            CentreCard card = CentreCard.read(FileFailures.bytes(cardFile));
            Instant now = ProcessClock.get().instant();
            CentreKeys keys = Gateway.keys(home);
            TrustListFile file = new TrustListFile(home.trust());
            TrustList list = file.loadForRenewal(keys.publicKey().kid());
            boolean vouched = fingerprint == null
                    && list.centre(card.name()).filter(card::continues).isPresent();
            if (!vouched) {
                checkFingerprint(card);
            }
            checkIdentity(card);
            checkNotOurs(card, home);
            for (String role : roles) {
                if (!Set.of("producer", "relay").contains(role)) {
                    throw new Failure(
                            ExitCode.USAGE, "there is no role \"" + role + "\"; the roles are producer and relay");
                }
            }
            PartnersFile partners = new PartnersFile(home.partners(), home.root());
            List<String> notes = new ArrayList<>();
            PartnerSettings settings;
            try (HomeLock lock = HomeLock.take(home)) {
                lock.held();
                settings = settings(card.name(), partners, now);
                // The key that signs may be another one by now: a person has read a fingerprint in between.
                file.update(Gateway.keys(home).signingKey(), before -> {
                    OwnTrust.renewedByChange(before, now).ifPresent(notes::add);
                    return before.with(card, Set.copyOf(roles), now);
                });
                partners.put(settings);
                new HomeManifest(home).partnersChanged();
            }
            out.println("added " + card.name() + " (" + card.title() + ") as " + String.join(" and ", roles)
                    + (settings.pull() ? ", pulled from" : "") + (settings.push() ? ", pushed to" : "")
                    + ", given up to "
                    + settings.agreement().maxTlp().label());
            if (vouched) {
                out.println("no fingerprint was needed: a key of " + card.name()
                        + " that is on the trust list signs the card");
            }
            for (CompromisedKey lost : card.compromised()) {
                out.println("its key " + lost.kid() + " is compromised since " + lost.since()
                        + "; `koprik key impact` lists the objects that are not proven any more");
            }
            notes.forEach(note -> out.println("note: " + note));
            if ((settings.pull() || settings.push()) && card.endpoint().isEmpty()) {
                out.println("note: its card names no endpoint, so it cannot be called; ask for one that does");
            }
            if (!settings.agreement().inForce(now)) {
                out.println("warning: the agreement with " + card.name() + " ended on "
                        + settings.agreement().validUntil().orElseThrow()
                        + ", so it is given nothing; if it goes on, add the card again with --until");
            }
            out.flush();
            return ExitCode.OK;
        } catch (NoSuchFileException missing) {
            throw new Failure(ExitCode.USAGE, FileFailures.words(missing));
        } catch (CardRejected rejected) {
            throw new Failure(
                    ExitCode.FAILED,
                    cardFile + ": " + rejected.getMessage()
                            + "; ask the partner for the file that `koprik partner card` wrote");
        } catch (StartFailure | TrustListRejected | ConfigException unusable) {
            throw new Failure(ExitCode.HOME, unusable.getMessage());
        }
    }

    @SuppressWarnings("SystemConsoleNull") // true of JDK 22 to 24; without a terminal JDK 25 answers null again
    private void checkFingerprint(CentreCard card) {
        String heard = fingerprint;
        if (heard == null) {
            Console console = System.console();
            if (console == null || !console.isTerminal()) {
                throw new Failure(
                        ExitCode.USAGE,
                        "give the fingerprint that the operators of " + card.name()
                                + " read to you, with --fingerprint; a card that came over the network proves nothing by itself");
            }
            console.printf(
                    "This card says it is of %s (%s).%nIts fingerprint is %s%n",
                    TerminalText.line(card.name()), TerminalText.line(card.title()), card.fingerprint());
            heard = console.readLine("Type the fingerprint that its operators read to you over the telephone: ");
        }
        if (heard == null || !card.fingerprint().matches(heard)) {
            throw new Failure(
                    ExitCode.FAILED,
                    "the card is not the one whose fingerprint was given: its fingerprint is "
                            + card.fingerprint() + ". Nothing was added. Ask the operators of " + card.name()
                            + " to read theirs again, from `koprik partner card`; when it still differs, somebody changed the card on its way");
        }
    }

    private static void checkIdentity(CentreCard card) {
        if (!StixId.isId(card.identity()) || !StixId.hasType(card.identity(), "identity")) {
            throw new Failure(
                    ExitCode.FAILED,
                    "the identity of the card is no STIX id of an identity in lower case, such as"
                            + " identity--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f: ask the operators of " + card.name()
                            + " for a card with one");
        }
    }

    /**
     * Refuses a card of this centre under another name: it would exchange with itself. The trust list refuses the own
     * name, identity, keys and pins; the own address is known here only.
     */
    private static void checkNotOurs(CentreCard card, Home home) throws IOException, CardRejected {
        CentreCard own = CentreCard.read(Files.readAllBytes(home.ownCard()));
        List<String> ours = new ArrayList<>(List.of(own.endpoint()));
        if (Files.exists(home.url())) {
            ours.add(Files.readString(home.url()).strip());
        }
        boolean same = card.name().equals(own.name())
                || card.identity().equalsIgnoreCase(own.identity())
                || card.keys().stream().anyMatch(key -> own.keys().stream()
                        .anyMatch(ownKey -> ownKey.kid().equals(key.kid())))
                || card.tlsPins().stream().anyMatch(own.tlsPins()::contains);
        if (same || ours.stream().anyMatch(url -> Endpoints.sameServer(url, card.endpoint()))) {
            throw new Failure(
                    ExitCode.FAILED,
                    "the card is that of this centre itself"
                            + (same ? "" : ": its endpoint " + card.endpoint() + " is where this centre answers")
                            + ". Nothing was added; a centre is no partner of its own. Add the card that the partner's"
                            + " operators sent");
        }
    }

    /** What was set before stays unless an option says otherwise. */
    private PartnerSettings settings(String name, PartnersFile file, Instant now) throws ConfigException {
        PartnerSettings before = file.read(PartnerSettings.DEFAULT_PULL_INTERVAL).stream()
                .filter(settings -> settings.name().equals(name))
                .findFirst()
                .orElse(PartnerSettings.introduced(name));
        Agreement agreement = before.agreement();
        try {
            agreement = new Agreement(
                    maxTlp == null ? agreement.maxTlp() : maxTlp,
                    purpose == null
                            ? agreement.personalPurpose()
                            : Optional.of(purpose).filter(text -> !text.isBlank()),
                    until == null ? agreement.validUntil() : Optional.of(Instant.parse(until)),
                    reference == null ? agreement.reference() : reference);
        } catch (DateTimeParseException wrong) {
            throw new Failure(ExitCode.USAGE, "--until: write the moment in UTC, such as 2027-06-30T00:00:00Z");
        } catch (IllegalArgumentException wrong) {
            throw new Failure(
                    ExitCode.USAGE, (maxTlp == Tlp.RED ? "--max-tlp red" : "--purpose") + ": " + wrong.getMessage());
        }
        if (until != null && !agreement.inForce(now)) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--until " + until + " is past, so the agreement has ended and " + name
                            + " would be given nothing: write a moment to come, or leave --until out. Nothing was added");
        }
        return new PartnerSettings(
                name,
                pull == null ? before.pull() : pull,
                before.pullInterval(),
                push == null ? before.push() : push,
                acceptUnsigned == null ? before.acceptUnsigned() : acceptUnsigned,
                before.forgives(),
                agreement,
                Optional.empty());
    }
}
