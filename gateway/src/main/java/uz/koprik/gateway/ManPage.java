package uz.koprik.gateway;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.IParamLabelRenderer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The manual page of one command, as its picocli model describes it, in the macros of man(7). */
final class ManPage {

    private static final int WIDTH = 4_000;

    private final CommandLine command;
    private final CommandSpec spec;
    private final UsageMessageSpec usage;
    private final String date;
    private final StringBuilder text = new StringBuilder();

    /**
     * @param command the command; its parents are part of its name
     * @param date of the build, such as {@code 2026-11-22}
     */
    ManPage(CommandLine command, String date) {
        this.command = command;
        this.date = date;
        spec = command.getCommandSpec();
        usage = spec.usageMessage();
        // The formatter of manual pages breaks lines itself.
        usage.width(WIDTH);
    }

    /** Name of the page, such as {@code koprik-case-note}. */
    String name() {
        return spec.qualifiedName("-");
    }

    /** The page in the source form of troff. */
    String roff() {
        text.append(".TH ")
                .append(String.join(" ", quoted(name().toUpperCase(Locale.ROOT)), "1", quoted(date)))
                .append(" \"Koprik\" \"Koprik\"\n.nh\n.ad l\n");
        heading("NAME");
        line(escaped(name()) + " \\- " + escaped(first(sentences())));
        heading("SYNOPSIS");
        // The words of the usage message, whose lines are made for a terminal.
        line("\\fB" + escaped(spec.qualifiedName()) + "\\fR " + escaped(synopsis()));
        heading("DESCRIPTION");
        sentences().forEach(sentence -> line(escaped(sentence)));
        parameters();
        options();
        subcommands();
        exitCodes();
        footer();
        seeAlso();
        return text.toString();
    }

    private List<String> sentences() {
        return formatted(usage.description());
    }

    /** The first sentence without its end, up to a colon. */
    private static String first(List<String> sentences) {
        if (sentences.isEmpty()) {
            throw new IllegalStateException(
                    "a command has no description, from which its manual page takes its first line");
        }
        return sentences.getFirst().split("\\.(\\s|$)|: ", 2)[0];
    }

    private String synopsis() {
        String whole = command.getHelp().synopsis(0).replaceAll("\\s+", " ").strip();
        return whole.startsWith(spec.qualifiedName())
                ? whole.substring(spec.qualifiedName().length()).strip()
                : whole;
    }

    private void parameters() {
        List<PositionalParamSpec> shown = spec.positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .toList();
        if (shown.isEmpty()) {
            return;
        }
        heading("PARAMETERS");
        for (PositionalParamSpec parameter : shown) {
            entry("\\fI" + escaped(label(parameter)) + "\\fR", parameter);
        }
    }

    private void options() {
        List<OptionSpec> shown =
                spec.options().stream().filter(option -> !option.hidden()).toList();
        if (shown.isEmpty()) {
            return;
        }
        heading("OPTIONS");
        for (OptionSpec option : shown) {
            String names = Arrays.stream(option.names())
                    .map(name -> option.negatable() ? name.replaceFirst("^--", "--[no-]") : name)
                    .map(name -> "\\fB" + escaped(name) + "\\fR")
                    .reduce((a, b) -> a + ", " + b)
                    .orElseThrow();
            String value = option.arity().max() == 0 ? "" : "\\fI" + escaped(label(option)) + "\\fR";
            entry(names + value, option);
        }
    }

    private String label(ArgSpec argument) {
        IParamLabelRenderer renderer = command.getHelp().parameterLabelRenderer();
        return renderer.renderParameterLabel(argument, Ansi.OFF, List.of()).toString();
    }

    private void entry(String term, ArgSpec argument) {
        text.append(".TP\n");
        line(term);
        List<String> words = new ArrayList<>(formatted(argument.description()).stream()
                .map(sentence -> withDefault(sentence, argument))
                .toList());
        if (words.isEmpty()) {
            words.add("See the description.");
        }
        words.forEach(sentence -> line(escaped(sentence)));
    }

    private static String withDefault(String sentence, ArgSpec argument) {
        String value = argument.defaultValue() == null ? "none" : argument.defaultValue();
        return sentence.replace("${DEFAULT-VALUE}", value).replace("${COMPLETION-CANDIDATES}", candidates(argument));
    }

    private static String candidates(ArgSpec argument) {
        List<String> all = new ArrayList<>();
        if (argument.completionCandidates() != null) {
            argument.completionCandidates().forEach(all::add);
        }
        return String.join(", ", all);
    }

    private void subcommands() {
        List<CommandLine> shown = shown(command);
        if (shown.isEmpty()) {
            return;
        }
        heading("COMMANDS");
        for (CommandLine one : shown) {
            CommandSpec child = one.getCommandSpec();
            text.append(".TP\n");
            line("\\fB" + escaped(child.name()) + "\\fR");
            line(escaped(first(formatted(child.usageMessage().description()))) + ".");
        }
    }

    /** The subcommands that help lists; each once, though it may have further names. */
    static List<CommandLine> shown(CommandLine parent) {
        return Set.copyOf(parent.getSubcommands().values()).stream()
                .filter(child -> !child.getCommandSpec().usageMessage().hidden())
                .sorted(Comparator.comparing(CommandLine::getCommandName))
                .toList();
    }

    private void exitCodes() {
        Map<String, String> codes = usage.exitCodeList();
        if (codes.isEmpty()) {
            return;
        }
        heading("EXIT STATUS");
        codes.forEach((code, meaning) -> {
            text.append(".TP\n");
            line("\\fB" + escaped(code.strip()) + "\\fR");
            line(escaped(meaning));
        });
    }

    /** Examples keep their lines. */
    private void footer() {
        List<String> lines = formatted(usage.footer());
        if (lines.isEmpty()) {
            return;
        }
        heading("EXAMPLES AND NOTES");
        text.append(".nf\n");
        lines.stream().dropWhile(String::isBlank).forEach(one -> {
            if (one.isBlank()) {
                text.append(".sp\n");
            } else {
                line(escaped(one));
            }
        });
        text.append(".fi\n");
    }

    private void seeAlso() {
        List<String> others = new ArrayList<>();
        for (CommandSpec above = spec.parent(); above != null; above = above.parent()) {
            others.add(above.qualifiedName("-"));
        }
        shown(command).forEach(child -> others.add(child.getCommandSpec().qualifiedName("-")));
        if (others.isEmpty()) {
            return;
        }
        heading("SEE ALSO");
        line(String.join(
                ", ",
                others.stream().map(name -> "\\fB" + escaped(name) + "\\fR(1)").toList()));
    }

    private void heading(String title) {
        text.append(".SH ").append(quoted(title)).append('\n');
    }

    /** A line of text, which shall not be read as a macro. */
    private void line(String escaped) {
        text.append(escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" : "")
                .append(escaped)
                .append('\n');
    }

    private static String quoted(String words) {
        return '"' + escaped(words).replace("\"", "\\(dq") + '"';
    }

    /** Text without marks of styles, with variables such as the name of the command replaced. */
    private static List<String> formatted(String... lines) {
        List<String> plain = new ArrayList<>();
        for (String one : lines) {
            String formatted = one.contains("${") || !one.contains("%") ? one : String.format(one);
            formatted.lines().map(line -> Ansi.OFF.string(line)).forEach(plain::add);
        }
        return plain;
    }

    private static String escaped(String plain) {
        return plain.replace("\\", "\\e").replace("-", "\\-");
    }
}
