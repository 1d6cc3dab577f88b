package uz.koprik.gateway.cli.centre;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.auth.Account;
import uz.koprik.gateway.auth.AccountChanges;
import uz.koprik.gateway.auth.AccountsFile;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.cli.CommandOutput;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;
import uz.koprik.gateway.cli.FileFailures;
import uz.koprik.gateway.cli.GlobalOptions;
import uz.koprik.gateway.cli.HomeOption;
import uz.koprik.gateway.cli.LocalRecord;
import uz.koprik.gateway.cli.TlpConverter;
import uz.koprik.gateway.clock.ProcessClock;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.gateway.config.Home;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.rules.ForgivableRule;

/** {@code koprik account}: works on the file of the home; a running centre notices within a second. */
@Command(
        name = "account",
        description =
                "Accounts of people and programs: add, list, remove, units, forgive, passwd, token, tokens, sessions, sign-out, second-factor.",
        subcommands = {
            AccountTokensCommand.class,
            AccountSessionsCommand.class,
            AccountSignOutCommand.class,
            SecondFactorCommand.class
        },
        footer = {
            "",
            "`koprik role show` says what each role may do.",
            "",
            "Examples:",
            "  koprik account add siem --role reader --tlp green",
            "  koprik account token siem --label siem-1 --days 365",
            "  koprik account token desk-3 --label nightly --scope read --scope analyse",
            "  koprik account tokens --stale",
            "  koprik account passwd desk-3",
            "  koprik account units desk-3 --unit 'Unit 3' --unit 'Unit 4'",
            "  koprik account forgive sensor-7 empty-list modified-before-created",
            "  koprik account sign-out desk-3"
        })
public final class AccountCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(description = "Add an account; prints a one-time password that only serves to set an own one.")
    int add(
            @Parameters(paramLabel = "NAME", description = "Its name.") String name,
            @Option(names = "--role", required = true, description = "One of ${COMPLETION-CANDIDATES}.") Role role,
            @Option(
                            names = "--tlp",
                            defaultValue = "green",
                            converter = TlpConverter.class,
                            description =
                                    "Narrowest marking a reader or writer is given: clear, green, amber or amber+strict.")
                    Tlp tlp,
            @Option(
                            names = "--unit",
                            paramLabel = "UNIT",
                            description =
                                    "A unit whose case files an analyst or caseworker works on; may be repeated. All when absent.")
                    List<String> units)
            throws IOException {
        CaseUnits which = units == null ? CaseUnits.ALL : CaseUnits.of(Set.copyOf(units));
        String secret = attempt(() -> changes().add(name, role, tlp, which));
        if (json()) {
            print(JsonObject.builder()
                    .put("account", name)
                    .put("one_time_secret", secret)
                    .build());
        } else {
            out().println("Account " + name + " (" + role.code() + ") added.");
            out().println("One-time password: " + secret);
            out().println("It is shown once, and only serves to set an own one: koprik account passwd " + name);
        }
        return ExitCode.OK;
    }

    @Command(description = "List the accounts and their tokens.")
    int list() throws IOException {
        List<Account> accounts = attempt(() -> List.copyOf(file().read().values()));
        if (json()) {
            List<Json> items = new ArrayList<>();
            for (Account account : accounts) {
                JsonObject.Builder item = JsonObject.builder()
                        .put("name", account.name())
                        .put("role", account.role().code())
                        .put("one_time", account.oneTime())
                        .putStrings(
                                "tokens",
                                account.tokens().stream()
                                        .map(Account.Token::label)
                                        .toList());
                account.units().named().ifPresent(units -> item.putStrings("units", new TreeSet<>(units)));
                if (!account.forgives().isEmpty()) {
                    item.putStrings("forgive", words(account));
                }
                items.add(item.build());
            }
            print(JsonObject.builder().put("accounts", new JsonArray(items)).build());
            return ExitCode.OK;
        }
        for (Account account : accounts) {
            String marking = account.role().member()
                    ? "everything"
                    : "up to " + account.maxTlp().label();
            out().printf(
                            "%-20s %-9s %-22s %s%n",
                            account.name(),
                            account.role().code(),
                            marking,
                            account.oneTime()
                                    ? "one-time password not changed yet"
                                    : account.secret().isPresent() ? "password" : "");
            if (account.promisesTooMuch()) {
                out().println(
                                "    never gets TLP:RED, although its marking says so: add it again with --tlp amber+strict or less");
            }
            account.units().named().ifPresent(units -> out().println("    case files of "
                    + (units.isEmpty() ? "no unit" : String.join(", ", new TreeSet<>(units)))));
            if (!account.forgives().isEmpty()) {
                out().println("    is forgiven " + String.join(", ", words(account)));
            }
            for (Account.Token token : account.tokens()) {
                out().println("    token \"" + token.label() + "\""
                        + token.expires().map(expires -> ", until " + expires).orElse("")
                        + token.scopeCodes()
                                .map(codes -> ", scopes " + String.join(", ", codes))
                                .orElse(""));
            }
        }
        return ExitCode.OK;
    }

    private static List<String> words(Account account) {
        return account.forgives().stream().map(ForgivableRule::word).sorted().toList();
    }

    @Command(
            description =
                    "Say of which units an analyst or caseworker may know the case files. In force within a second.")
    int units(
            @Parameters(paramLabel = "NAME", description = "Whose.") String name,
            @ArgGroup(multiplicity = "1") Which which)
            throws IOException {
        CaseUnits units = which.all ? CaseUnits.ALL : CaseUnits.of(Set.copyOf(which.units));
        attempt(() -> {
            changes().setUnits(name, units);
            return name;
        });
        return ExitCode.OK;
    }

    /** Some units, or all. */
    static final class Which {

        @Option(
                names = "--unit",
                paramLabel = "UNIT",
                description = "A unit, as it is written in case files; may be repeated.")
        List<String> units;

        @Option(names = "--all", description = "Of all units, and those that no unit leads.")
        boolean all;
    }

    @Command(
            description = {
                "Set the rules of STIX that unsigned objects of an account may break. In force within a second.",
                "The objects keep their bytes and get a note; docs/conformance.md lists the rules."
            })
    int forgive(
            @Parameters(paramLabel = "NAME", description = "Whose.") String name,
            @Parameters(
                            index = "1..*",
                            arity = "0..*",
                            paramLabel = "RULE",
                            description = "A rule, such as empty-list. They replace those set before.")
                    List<String> rules,
            @Option(names = "--none", description = "Forgive what every source is forgiven, and nothing more.")
                    boolean none)
            throws IOException {
        if ((rules == null) != none) {
            throw new Failure(
                    ExitCode.USAGE,
                    none
                            ? "--none stands without rules"
                            : "name the rules, or say --none; these can be forgiven: " + ForgivableRule.known());
        }
        Set<ForgivableRule> forgiven;
        try {
            forgiven = none ? Set.of() : ForgivableRule.list(String.join(",", rules));
        } catch (IllegalArgumentException unknown) {
            throw new Failure(ExitCode.USAGE, unknown.getMessage());
        }
        attempt(() -> {
            changes().setForgiven(name, forgiven);
            return name;
        });
        return ExitCode.OK;
    }

    @Command(description = "Remove an account; its password and tokens are void at once.")
    int remove(@Parameters(paramLabel = "NAME", description = "Its name.") String name) throws IOException {
        attempt(() -> {
            changes().remove(name);
            return name;
        });
        return ExitCode.OK;
    }

    @Command(description = "Set a password: asks for it, or reads the first line of a file.")
    int passwd(
            @Parameters(paramLabel = "NAME", description = "Whose.") String name,
            @Option(
                            names = "--secret-file",
                            paramLabel = "FILE",
                            description = "File with the password; - for standard input.")
                    Path secretFile,
            @Option(names = "--reset", description = "Give out a new one-time password instead.") boolean reset)
            throws IOException {
        if (reset) {
            out().println("One-time password: " + attempt(() -> changes().resetSecret(name)));
            return ExitCode.OK;
        }
        Config config = attempt(() -> ConfigFile.read(home().config()));
        char[] secret = secret(secretFile);
        attempt(() -> {
            changes().setSecret(name, secret, config.accounts().minLength());
            return name;
        });
        return ExitCode.OK;
    }

    @Command(description = "Make a bearer token for a program, printed once; or take one back.")
    int token(
            @Parameters(paramLabel = "NAME", description = "Whose.") String name,
            @Option(names = "--label", required = true, description = "What it is for.") String label,
            @Option(names = "--days", description = "How long it holds; without end when absent.") Integer days,
            @Option(
                            names = "--scope",
                            paramLabel = "RIGHT",
                            converter = RightConverter.class,
                            description =
                                    "A right that it gives, such as read; may be repeated. All of the account when absent.")
                    Set<Right> scopes,
            @Option(names = "--revoke", description = "Take the token of that label back.") boolean revoke)
            throws IOException {
        if (revoke) {
            attempt(() -> {
                changes().removeToken(name, label);
                return name;
            });
            return ExitCode.OK;
        }
        if (days != null && days < 1) {
            throw new Failure(
                    ExitCode.USAGE, "--days must be 1 or more, not " + days + ": leave it out for a token without end");
        }
        Optional<Duration> lifetime = Optional.ofNullable(days).map(Duration::ofDays);
        String token = attempt(() -> changes().addToken(name, label, lifetime, Optional.ofNullable(scopes)));
        if (json()) {
            print(JsonObject.builder()
                    .put("account", name)
                    .put("label", label)
                    .put("token", token)
                    .build());
        } else {
            out().println(token);
        }
        return ExitCode.OK;
    }

    @SuppressWarnings("SystemConsoleNull") // whether there is a console without a terminal differs between JDKs
    private char[] secret(Path file) throws IOException {
        if (file != null) {
            String text = file.toString().equals("-")
                    ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                    : new String(FileFailures.bytes(file), StandardCharsets.UTF_8);
            return text.lines().findFirst().orElse("").toCharArray();
        }
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            throw new Failure(ExitCode.USAGE, "there is no terminal to ask for the password; use --secret-file");
        }
        char[] once = console.readPassword("New password: ");
        char[] again = console.readPassword("Once more: ");
        if (once == null || !Arrays.equals(once, again)) {
            throw new Failure(ExitCode.FAILED, "the two are not the same; nothing was changed");
        }
        return once;
    }

    /** What a change throws, as a failure with the right exit code. */
    private static <T> T attempt(Change<T> change) throws IOException {
        try {
            return change.make();
        } catch (AccountChanges.NotPossible sentence) {
            throw new Failure(ExitCode.FAILED, sentence.getMessage());
        } catch (ConfigException wrong) {
            throw new Failure(ExitCode.HOME, wrong.getMessage());
        }
    }

    private interface Change<T> {
        T make() throws IOException, ConfigException;
    }

    /** Who runs the command, as the operating system knows it; after {@code sudo}, both names. */
    private static String localUser() {
        String user = System.getProperty("user.name");
        String before = System.getenv("SUDO_USER");
        return before == null || before.isBlank() ? user : user + " (sudo by " + before + ")";
    }

    private Home home() {
        return HomeOption.existing(spec);
    }

    private AccountsFile file() {
        return new AccountsFile(home().accounts());
    }

    private AccountChanges changes() {
        return new AccountChanges(
                file(),
                ProcessClock.get(),
                "local user " + localUser() + (LocalRecord.passesBy(home(), spec) ? AccountChanges.ALONE : ""));
    }

    private boolean json() {
        return GlobalOptions.of(spec).json();
    }

    private void print(JsonObject json) {
        out().json(CanonicalJson.text(json));
    }

    private CommandOutput out() {
        return CommandOutput.out(spec);
    }
}
