package uz.koprik.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import javax.crypto.spec.SecretKeySpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import uz.koprik.crypto.FullDisk;
import uz.koprik.gateway.accessrecord.LocalAccess;
import uz.koprik.gateway.clock.ProcessClock;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.gateway.config.Home;
import uz.koprik.indicators.observable.CardTokeniser;
import uz.koprik.indicators.observable.Normalisation;

/**
 * Enters commands that read or change a home themselves into its access record, before they do. Commands that ask a
 * running centre are recorded there.
 */
public final class LocalRecord {

    /** Commands whose act over HTTP waits for a second person: they give or widen rights, or admit a partner. */
    private static final Set<String> ALONE = Set.of(
            "koprik account add",
            "koprik account units",
            "koprik account passwd",
            "koprik account token",
            "koprik partner add");

    private static final Set<CommandSpec> ENTERED =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private LocalRecord() {}

    /** Who runs the command, as the operating system knows it. */
    static String user() {
        String before = System.getenv("SUDO_USER");
        return before == null || before.isBlank() ? System.getProperty("user.name") : before;
    }

    /**
     * Enters a command, once.
     *
     * @param otherwise what it means when that fails, in words
     * @throws Failure when the record cannot be written
     */
    static void enter(Home home, CommandSpec command, String otherwise) {
        if (!ENTERED.add(command)) {
            return;
        }
        ParseResult run = leaf(command);
        boolean alone = passesBy(home, command);
        if (alone) {
            CommandOutput.err(command)
                    .println(
                            "WARNING: this centre has accounts.two_persons, and nobody confirms this command: who owns the"
                                    + " files of the home needs nobody's leave. The access record and the log say so.");
        }
        List<String> arguments = run.matchedPositionals().stream()
                .flatMap(one -> one.stringValues().stream())
                .toList();
        try {
            LocalAccess.add(
                    home.access(),
                    ProcessClock.get().instant(),
                    user(),
                    run.commandSpec().qualifiedName(" "),
                    arguments,
                    alone ? Map.of("second_person", "none") : Map.of(),
                    normalisation(home));
        } catch (IOException failed) {
            throw new Failure(
                    FullDisk.caused(failed) ? ExitCode.FAILED : ExitCode.HOME,
                    "the access record in " + home.access() + " cannot be written, " + otherwise + ": "
                            + FileFailures.words(failed));
        }
    }

    /** Whether the command that runs does alone what needs a second person over HTTP, and the settings ask for one. */
    public static boolean passesBy(Home home, CommandSpec command) {
        try {
            return ALONE.contains(leaf(command).commandSpec().qualifiedName(" "))
                    && ConfigFile.read(home.config()).accounts().twoPersons();
        } catch (ConfigException unreadable) {
            return false; // Without its settings no centre runs, and the command says what is wrong with them.
        }
    }

    private static ParseResult leaf(CommandSpec command) {
        ParseResult run = command.root().commandLine().getParseResult();
        while (run.hasSubcommand()) {
            run = run.subcommand();
        }
        return run;
    }

    private static Normalisation normalisation(Home home) throws IOException {
        return Files.isReadable(home.cardKey())
                ? Normalisation.withCards(
                        CardTokeniser.keyed(new SecretKeySpec(Files.readAllBytes(home.cardKey()), "HmacSHA256")))
                : Normalisation.PLAIN;
    }
}
