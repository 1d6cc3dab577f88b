package uz.koprik.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import uz.koprik.gateway.config.Home;

/** Which home a command is about: {@code --home}, else {@code $KOPRIK_HOME}, else {@code ./koprik-home}. */
public final class HomeOption {

    private HomeOption() {}

    /** The home that a command names, whether it exists or not. */
    public static Home of(CommandSpec command) {
        Path option = GlobalOptions.of(command).home();
        return new Home(option == null ? fallback(System.getenv()) : option);
    }

    /** The home that a command names; it must hold a centre. The command is entered in its access record. */
    public static Home existing(CommandSpec command) {
        Home home = unrecorded(command);
        LocalRecord.enter(home, command, "so the command was not run");
        return home;
    }

    /** Enters a command into the access record of the home that it has just made. */
    public static void made(CommandSpec command) {
        LocalRecord.enter(of(command), command, "but the command was run");
    }

    /** The same for a command that shows nothing of what the centre holds, and must also run on a full disk. */
    public static Home unrecorded(CommandSpec command) {
        Home home = of(command);
        if (!home.exists()) {
            throw absent(home, "; make one with `koprik init`, or name its folder with --home");
        }
        return home;
    }

    /**
     * Why a home has no centre that this user can use: there is none, or the folder is closed to the user.
     *
     * @param cure ends the sentence that there is none
     */
    static Failure absent(Home home, String cure) {
        String owner = ownerOfClosed(home.root());
        return new Failure(
                ExitCode.HOME,
                owner.isEmpty()
                        ? "there is no centre in " + home.root() + cure
                        : home.root() + " is closed to this user: run the command as its owner with `sudo -u " + owner
                                + " koprik …`, or name a centre with --url where the command has that option");
    }

    /** The owner of a folder that this user cannot enter; empty if the user can, or there is no such folder. */
    private static String ownerOfClosed(Path folder) {
        try {
            return !Files.isDirectory(folder) || Files.isExecutable(folder)
                    ? ""
                    : Files.getOwner(folder).getName();
        } catch (IOException gone) {
            return "";
        }
    }

    /** The certificate by which the centre of that home is known. */
    public static Path certificate(Home home) {
        return home.certificate();
    }

    static Path fallback(Map<String, String> environment) {
        String variable = environment.get("KOPRIK_HOME");
        return Path.of(variable == null || variable.isEmpty() ? "koprik-home" : variable);
    }
}
