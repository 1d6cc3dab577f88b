package uz.koprik.gateway.cli.offline;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
import uz.koprik.gateway.cli.CommandOutput;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;
import uz.koprik.gateway.cli.GlobalOptions;
import uz.koprik.gateway.cli.InputFiles;
import uz.koprik.indicators.pattern.AssertedValue;
import uz.koprik.indicators.pattern.Constant;
import uz.koprik.indicators.pattern.Pattern;
import uz.koprik.indicators.pattern.PatternSyntaxError;
import uz.koprik.indicators.pattern.PatternWriter;
import uz.koprik.indicators.pattern.match.CompiledPattern;
import uz.koprik.indicators.pattern.match.UnmatchablePattern;

/** Says of each pattern whether it is one. */
@Command(
        name = "check",
        description = {
            "Checks STIX 2.1 patterns: the fault, its column, and what is expected there.",
            "Reads standard input when nothing is named. In files each line is a pattern; blank ones and those with # in front are passed over."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every pattern is valid", "1:some pattern is not", "2:the command line or a file is wrong"})
public final class PatternCheckCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "PATTERN|FILE",
            description = "Patterns, or files of them (gz too), or - for standard input.")
    List<String> what = List.of();

    @ArgGroup
    Shown shown = new Shown();

    /** What is printed of valid patterns instead of "ok". */
    static final class Shown {
        @Option(names = "--normal", description = "Print the normal form of each valid pattern, and nothing else.")
        boolean normal;

        @Option(
                names = "--values",
                description = "Print path and value (tab between) of what each pattern looks for by equality.")
        boolean values;
    }

    @Override
    public Integer call() {
        boolean allValid = true;
        List<InputFiles.Line> patterns = patterns();
        if (patterns.isEmpty()) {
            throw new Failure(
                    ExitCode.USAGE,
                    "there is no pattern to check: name a pattern or a file, or write to standard input");
        }
        for (InputFiles.Line line : patterns) {
            allValid &= check(line);
        }
        return allValid ? ExitCode.OK : ExitCode.FAILED;
    }

    private List<InputFiles.Line> patterns() {
        List<InputFiles.Line> patterns = new ArrayList<>();
        for (String one : what.isEmpty() ? List.of(InputFiles.STDIN) : what) {
            if (one.equals(InputFiles.STDIN) || isFile(one)) {
                patterns.addAll(InputFiles.lines(one));
            } else if (!one.contains("[") && !one.contains("'") && !one.contains(" ")) {
                throw new Failure(
                        ExitCode.USAGE, "there is no file " + one + ": check its name; a pattern begins with [");
            } else {
                patterns.add(new InputFiles.Line("argument " + (what.indexOf(one) + 1), one));
            }
        }
        return patterns;
    }

    private static boolean isFile(String name) {
        try {
            return Files.exists(Path.of(name));
        } catch (InvalidPathException e) {
            return false; // an argument that is no file name is a pattern
        }
    }

    private boolean check(InputFiles.Line line) {
        Pattern pattern;
        try {
            pattern = Pattern.parse(line.text());
        } catch (PatternSyntaxError e) {
            refuse(line, e);
            return false;
        }
        if (GlobalOptions.of(spec).json()) {
            JsonObject.Builder valid = JsonObject.builder()
                    .put("where", line.where())
                    .put("valid", true)
                    .put("normal", pattern.toString())
                    .put("values", values(pattern));
            String unmatchable = unmatchable(pattern);
            print((unmatchable.isEmpty() ? valid : valid.put("unmatchable", unmatchable)).build());
        } else if (shown.normal) {
            println(pattern.toString());
        } else if (shown.values) {
            pattern.assertedValues()
                    .forEach(v -> CommandOutput.out(spec).printf("%s\t%s%n", v.path(), text(v.value())));
        } else {
            String unmatchable = unmatchable(pattern);
            println(line.where() + ": ok"
                    + (unmatchable.isEmpty() ? "" : ", but it cannot be matched here: " + unmatchable));
        }
        return true;
    }

    private void refuse(InputFiles.Line line, PatternSyntaxError e) {
        if (GlobalOptions.of(spec).json()) {
            print(JsonObject.builder()
                    .put("where", line.where())
                    .put("valid", false)
                    .put("column", e.column())
                    .put("expected", e.expected())
                    .put("found", e.found())
                    .build());
            return;
        }
        String message =
                line.where() + ": column " + e.column() + ": " + e.expected() + " is expected, not " + e.found();
        if (shown.normal || shown.values) {
            CommandOutput.err(spec).println(message);
        } else {
            println(message);
        }
    }

    /** Why this program cannot match a valid pattern; empty when it can. */
    private static String unmatchable(Pattern pattern) {
        try {
            CompiledPattern.of(pattern);
            return "";
        } catch (UnmatchablePattern e) {
            return e.getMessage();
        }
    }

    private static JsonArray values(Pattern pattern) {
        List<Json> values = new ArrayList<>();
        for (AssertedValue value : pattern.assertedValues()) {
            values.add(JsonObject.builder()
                    .put("path", value.path().toString())
                    .put("value", text(value.value()))
                    .put("observation", value.observation())
                    .build());
        }
        return new JsonArray(values);
    }

    /** Texts without quotes and escapes, ready for a search; other literals in normal form. */
    private static String text(Constant constant) {
        return constant instanceof Constant.StringConstant string ? string.value() : PatternWriter.literal(constant);
    }

    private void print(JsonObject json) {
        CommandOutput.out(spec).json(CanonicalJson.text(json));
    }

    private void println(String text) {
        CommandOutput.out(spec).println(text);
    }
}
