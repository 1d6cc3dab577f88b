package uz.koprik.gateway.cli.partners;

import java.io.Console;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import uz.koprik.crypto.algorithm.SigningKey;
import uz.koprik.crypto.trust.CardRejected;
import uz.koprik.crypto.trust.CentreCard;
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
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.logging.TerminalText;
import uz.koprik.gateway.partners.PartnerSettings;
import uz.koprik.gateway.renewal.PartnerAdmission;
import uz.koprik.indicators.policy.Tlp;

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
            TrustList list = new TrustListFile(home.trust())
                    .loadForRenewal(Gateway.keys(home).publicKey().kid());
            PartnerAdmission admission =
                    new PartnerAdmission(home, () -> key(home), setting -> "--" + setting.replace('_', '-'));
            Optional<String> heard = Optional.ofNullable(fingerprint);
            if (heard.isEmpty() && !PartnerAdmission.vouched(card, list)) {
                heard = Optional.of(ask(card));
            }
            PartnerAdmission.Admitted admitted = admission.admit(card, heard, terms(), list, now);
            PartnerSettings settings = admitted.settings();
            out.println("added " + card.name() + " (" + card.title() + ") as " + String.join(" and ", roles)
                    + (settings.pull() ? ", pulled from" : "") + (settings.push() ? ", pushed to" : "")
                    + ", given up to "
                    + settings.agreement().maxTlp().label());
            if (admitted.vouched()) {
                out.println("no fingerprint was needed: a key of " + card.name()
                        + " that is on the trust list signs the card");
            }
            for (CompromisedKey lost : card.compromised()) {
                out.println("its key " + lost.kid() + " is compromised since " + lost.since()
                        + "; `koprik key impact` lists the objects that are not proven any more");
            }
            admitted.notes().forEach(note -> out.println("note: " + note));
            if ((settings.pull() || settings.push()) && card.endpoint().isEmpty()) {
                out.println("note: its card names no endpoint, so it cannot be called; ask for one that does");
            }
            if (ConfigFile.read(home.config()).agreements().required()) {
                out.println("note: until both sides signed an agreement, " + card.name()
                        + " gets nothing but TLP:CLEAR; propose one by `koprik agreement propose " + card.name() + "`");
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
        } catch (PartnerAdmission.Refused refused) {
            throw failure(refused);
        } catch (StartFailure | TrustListRejected | ConfigException unusable) {
            throw new Failure(ExitCode.HOME, unusable.getMessage());
        }
    }

    private static SigningKey key(Home home) throws PartnerAdmission.Refused, IOException {
        try {
            return Gateway.keys(home).signingKey();
        } catch (StartFailure unusable) {
            throw new PartnerAdmission.Refused(PartnerAdmission.Fault.HOME, unusable.getMessage());
        }
    }

    private Failure failure(PartnerAdmission.Refused refused) {
        return switch (refused.fault()) {
            case HOME -> new Failure(ExitCode.HOME, refused.getMessage());
            case FINGERPRINT, CARD -> new Failure(ExitCode.FAILED, refused.getMessage());
            case SETTING -> new Failure(ExitCode.USAGE, refused.getMessage());
        };
    }

    private PartnerAdmission.Terms terms() {
        try {
            return new PartnerAdmission.Terms(
                    Set.copyOf(roles),
                    Optional.ofNullable(pull),
                    Optional.ofNullable(push),
                    Optional.ofNullable(acceptUnsigned),
                    Optional.ofNullable(maxTlp),
                    Optional.ofNullable(purpose),
                    Optional.ofNullable(until).map(Instant::parse),
                    Optional.ofNullable(reference));
        } catch (DateTimeParseException wrong) {
            throw new Failure(ExitCode.USAGE, "--until: write the moment in UTC, such as 2027-06-30T00:00:00Z");
        }
    }

    @SuppressWarnings("SystemConsoleNull") // true of JDK 22 to 24; without a terminal JDK 25 answers null again
    private static String ask(CentreCard card) {
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
        String heard = console.readLine("Type the fingerprint that its operators read to you over the telephone: ");
        return heard == null ? "" : heard;
    }
}
