package uz.koprik.gateway.cli.partners;

import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine;

/**
 * A key on the command line. Its thumbprint (RFC 7638) is in the alphabet of base64url, so that it may begin with a
 * hyphen, as options do.
 */
public final class KeyArgument implements CommandLine.ITypeConverter<String> {

    private static final List<String> COMMANDS = List.of("retire", "revoke", "impact");

    private static final Pattern THUMBPRINT = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** Lets the commands that take a key see arguments that begin with a hyphen and are no option of theirs. */
    public static void allowHyphens(CommandLine line) {
        CommandLine key = line.getSubcommands().get("key");
        for (String command : COMMANDS) {
            key.getSubcommands()
                    .get(command)
                    .getCommandSpec()
                    .parser()
                    .unmatchedOptionsArePositionalParams(true)
                    .posixClusteredShortOptionsAllowed(false);
        }
    }

    @Override
    public String convert(String text) {
        if (text.startsWith("-") && !THUMBPRINT.matcher(text).matches()) {
            throw new CommandLine.TypeConversionException(
                    "there is no such option, and a thumbprint has 43 characters");
        }
        return text;
    }
}
