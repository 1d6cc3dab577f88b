package uz.koprik.gateway.cli.partners;

import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Puts a thumbprint of a key (RFC 7638) behind the options. It is in the alphabet of base64url, so it may begin with a
 * hyphen, as options do.
 */
final class ThumbprintArguments implements CommandLine.IParameterPreprocessor {

    private static final Pattern LIKE_AN_OPTION = Pattern.compile("-[A-Za-z0-9_-]{42}");

    @Override
    @SuppressWarnings("JdkObsolete") // picocli hands its arguments over as a stack, the last one at the bottom
    public boolean preprocess(Stack<String> args, CommandSpec command, ArgSpec parameter, Map<String, Object> info) {
        if (args.contains("--")) {
            return false;
        }
        Optional<String> thumbprint = args.stream()
                .filter(argument -> LIKE_AN_OPTION.matcher(argument).matches())
                .findFirst();
        thumbprint.ifPresent(argument -> {
            args.remove(argument);
            args.add(0, "--");
            args.add(0, argument);
        });
        return false;
    }
}
