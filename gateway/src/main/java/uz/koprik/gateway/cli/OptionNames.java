package uz.koprik.gateway.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The names of the API in the words of a command line: a person who typed {@code --valid-from} does not know the member
 * {@code "valid_from"}.
 */
final class OptionNames {

    private static final Pattern MEMBER = Pattern.compile("\"([a-z][a-z0-9_]*)\"");

    /** Members whose option has another name. */
    private static final Map<String, String> OTHERS = Map.of(
            "q",
            "--query",
            "expected_version",
            "--if-version",
            "type",
            "--type",
            "state",
            "--all",
            "values",
            "--observable");

    private final Map<String, String> options = new HashMap<>();

    private OptionNames(CommandSpec command) {
        for (OptionSpec option : command.options()) {
            for (String name : option.names()) {
                if (name.startsWith("--")) {
                    options.put(name.substring(2).replace('-', '_'), name);
                }
            }
        }
    }

    /** Those of one command. */
    static OptionNames of(CommandSpec command) {
        return new OptionNames(command);
    }

    /** A sentence of a centre, in which members have the names of the options that set them. */
    String in(String sentence) {
        Matcher member = MEMBER.matcher(sentence);
        return member.replaceAll(found -> Matcher.quoteReplacement(option(found.group(1), found.group())));
    }

    List<String> in(List<String> lines) {
        return lines.stream().map(this::in).toList();
    }

    private String option(String member, String otherwise) {
        String one = member.endsWith("s") ? member.substring(0, member.length() - 1) : member;
        String other = OTHERS.getOrDefault(member, "");
        if (options.containsKey(member)) {
            return options.get(member);
        }
        return options.containsKey(one) ? options.get(one) : options.containsValue(other) ? other : otherwise;
    }
}
