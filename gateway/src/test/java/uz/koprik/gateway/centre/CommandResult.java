package uz.koprik.gateway.centre;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import uz.koprik.gateway.Main;
import uz.koprik.gateway.config.Home;

/** Exit code and output of a command that ran in the JVM of the test. */
public record CommandResult(int code, String out, String err) {

    /** Runs a command of the product. */
    public static CommandResult of(List<String> arguments) {
        CommandLine line = Main.commandLine(arguments);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return new CommandResult(line.execute(arguments.toArray(String[]::new)), out.toString(), err.toString());
    }

    /** Runs a command of the product on a home. */
    public static CommandResult of(Home home, String... arguments) {
        return of(Stream.concat(Stream.of("--home", home.root().toString()), Stream.of(arguments))
                .toList());
    }

    /** Everything, for the message of a failed assertion. */
    public String all() {
        return "exit " + code + "\n" + out + err;
    }
}
