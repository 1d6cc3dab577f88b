package uz.koprik.gateway.cli;

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

    /** The home that a command names; it must hold a centre. */
    public static Home existing(CommandSpec command) {
        Home home = of(command);
        if (!home.exists()) {
            throw new Failure(
                    ExitCode.HOME,
                    "there is no centre in " + home.root()
                            + "; make one with `koprik init`, or name its folder with --home");
        }
        return home;
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
