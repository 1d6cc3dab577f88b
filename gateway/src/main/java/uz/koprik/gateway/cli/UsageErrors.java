package uz.koprik.gateway.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.ParameterException;
import uz.koprik.indicators.policy.Tlp;

/** Wrong command lines in one sentence and one line of usage. */
public final class UsageErrors implements CommandLine.IParameterExceptionHandler {

    private static final int MOST_WRONG_LETTERS = 2;

    /** A marking as it is written everywhere: {@code amber+strict}; {@code amber_strict} too. */
    public static Tlp tlp(String text) {
        return Tlp.parse(text.replace('_', '+'))
                .orElseThrow(() -> new CommandLine.TypeConversionException("not a marking"));
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        CommandOutput err = CommandOutput.to(command.getErr());
        err.println("koprik: " + sentence(failure, command.getCommandSpec()));
        err.println(usage(command.getCommandSpec()));
        err.flush();
        return ExitCode.USAGE;
    }

    private static String sentence(ParameterException failure, CommandSpec command) {
        return switch (failure) {
            case CommandLine.UnmatchedArgumentException unmatched -> unmatched(unmatched, command);
            case MutuallyExclusiveArgsException both ->
                "only one of these can be given: "
                        + both.getMessage().replaceFirst("^Error: ", "").replaceFirst(" are mutually .*", "");
            case CommandLine.MissingParameterException missing -> missing(missing);
            default -> {
                ArgSpec argument = failure.getArgSpec();
                yield argument == null || failure.getValue() == null
                        ? failure.getMessage().replaceFirst("^Error: ", "")
                        : name(argument) + " takes " + kind(argument) + ", not \"" + failure.getValue() + "\"";
            }
        };
    }

    private static String unmatched(CommandLine.UnmatchedArgumentException failure, CommandSpec command) {
        String word = failure.getUnmatched().getFirst();
        boolean option = word.startsWith("-");
        String close = failure.getSuggestions().stream()
                .filter(one -> isClose(word, one.substring(one.lastIndexOf(' ') + 1)))
                .limit(3)
                .collect(Collectors.joining(" or "));
        String hint = close.isEmpty() ? "" : "; did you mean " + close + "?";
        if (option) {
            return "there is no option \"" + word + "\" here"
                    + (hint.isEmpty() && !command.positionalParameters().isEmpty()
                            ? "; write -- before a value that begins with a hyphen: " + command.qualifiedName() + " -- "
                                    + word
                            : hint);
        }
        return command.subcommands().isEmpty()
                ? "\"" + word + "\" is one argument too many; put an argument with blanks in quotation marks"
                : "there is no command \"" + command.qualifiedName() + " " + word + "\"" + hint;
    }

    private static String missing(CommandLine.MissingParameterException failure) {
        List<ArgSpec> missing = failure.getMissing();
        String names = missing.stream().map(UsageErrors::label).collect(Collectors.joining(" and "));
        if (failure.getMessage().startsWith("Error: Missing required argument")) {
            return "one of these is needed: "
                    + failure.getMessage()
                            .replaceFirst("^[^:]*:[^:]*: \\(?", "")
                            .replaceFirst("\\)$", "");
        }
        return failure.getMessage().contains("for option")
                ? name(missing.getFirst()) + " needs a value after it: "
                        + missing.getFirst().paramLabel()
                : names + (missing.size() > 1 ? " are missing" : " is missing");
    }

    private static String label(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName() + (option.arity().max() == 0 ? "" : " " + value(option))
                : argument.paramLabel();
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String value(ArgSpec argument) {
        return argument.paramLabel().replaceAll("[<>]", "").toUpperCase(Locale.ROOT);
    }

    private static String kind(ArgSpec argument) {
        Class<?> type = argument.auxiliaryTypes().length > 0 ? argument.auxiliaryTypes()[0] : argument.type();
        if (type == Tlp.class) {
            return "clear, green, amber, amber+strict or red";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(one -> ((Enum<?>) one).name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        return type == Path.class ? "a path" : type == java.net.URI.class ? "a URL" : "another value";
    }

    /** One line, for any number of options. */
    private static String usage(CommandSpec command) {
        StringBuilder line = new StringBuilder("Usage: ").append(command.qualifiedName());
        command.options().stream()
                .filter(ArgSpec::required)
                .filter(option -> option.group() == null)
                .forEach(option -> line.append(' ').append(label(option)));
        line.append(" [OPTION...]");
        if (command.positionalParameters().isEmpty() && !command.subcommands().isEmpty()) {
            line.append(" COMMAND");
        }
        for (PositionalParamSpec one : command.positionalParameters()) {
            String label = one.paramLabel() + (one.arity().max() > 1 ? "..." : "");
            line.append(' ').append(one.required() ? label : '[' + label + ']');
        }
        return line.append(" (all options: ")
                .append(command.qualifiedName())
                .append(" --help)")
                .toString();
    }

    /** Whether few letters differ (Levenshtein distance). */
    private static boolean isClose(String typed, String known) {
        int[] row = new int[known.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= typed.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= known.length(); j++) {
                int above = row[j];
                int same = diagonal + (typed.charAt(i - 1) == known.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(same, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[known.length()] <= MOST_WRONG_LETTERS;
    }
}
