package uz.koprik.gateway.cli.offline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.cli.CommandOutput;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;
import uz.koprik.gateway.cli.GlobalOptions;
import uz.koprik.gateway.cli.InputFiles;
import uz.koprik.indicators.pattern.PatternSyntaxError;
import uz.koprik.indicators.pattern.match.CompiledPattern;
import uz.koprik.indicators.pattern.match.MalformedObservation;
import uz.koprik.indicators.pattern.match.Match;
import uz.koprik.indicators.pattern.match.Observation;
import uz.koprik.indicators.pattern.match.Observations;
import uz.koprik.indicators.pattern.match.PatternIndex;
import uz.koprik.indicators.pattern.match.UnmatchablePattern;

/** Says which patterns observed data matches. */
@Command(
        name = "match",
        description = {
            "Matches observed data against STIX patterns.",
            "Reads bundles, envelopes or lists of objects with observed-data (gz too); all of them together are what was observed."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:some pattern matches",
            "1:none does, or it cannot be said for the reason given",
            "2:the command line, a pattern or a file is wrong"
        })
public final class PatternMatchCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Option(names = "--pattern", paramLabel = "PATTERN", description = "A pattern; may be given several times.")
    List<String> patterns = List.of();

    @Option(
            names = "--patterns",
            paramLabel = "FILE",
            description = "A file of patterns, one a line (gz too, - for standard input).")
    List<String> patternFiles = List.of();

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "Files of observed data; standard input when none is named.")
    List<String> files = List.of();

    /** A pattern and where it came from. */
    private record PatternLine(int number, String where, CompiledPattern pattern) {}

    @Override
    public Integer call() {
        PatternIndex<PatternLine> index = new PatternIndex<>();
        wanted().forEach(w -> index.put(w, w.pattern()));
        List<Observation> observations = new ArrayList<>();
        for (String file : files.isEmpty() ? List.of(InputFiles.STDIN) : files) {
            observations.addAll(read(file));
        }
        PatternIndex.Result<PatternLine> result = index.match(observations);
        result.hits().stream()
                .sorted(Comparator.comparingInt(h -> h.key().number()))
                .forEach(h -> print(h.key(), h.match()));
        result.undecided().stream()
                .sorted(Comparator.comparingInt(u -> u.key().number()))
                .forEach(u -> {
                    if (GlobalOptions.of(spec).json()) {
                        print(head(u.key())
                                .put("undecided", u.reason().getMessage())
                                .build());
                    } else {
                        CommandOutput.err(spec)
                                .println(u.key().where() + ": undecided: "
                                        + u.reason().getMessage());
                    }
                });
        return result.hits().isEmpty() ? ExitCode.FAILED : ExitCode.OK;
    }

    private List<PatternLine> wanted() {
        if (patterns.isEmpty() && patternFiles.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "name a pattern with --pattern, or a file of them with --patterns");
        }
        if (patternFiles.contains(InputFiles.STDIN) && (files.isEmpty() || files.contains(InputFiles.STDIN))) {
            throw new ParameterException(spec.commandLine(), "standard input holds either patterns or observed data");
        }
        List<PatternLine> wanted = new ArrayList<>();
        for (String pattern : patterns) {
            wanted.add(compiled(wanted.size(), new InputFiles.Line("pattern " + (wanted.size() + 1), pattern)));
        }
        for (String file : patternFiles) {
            InputFiles.lines(file).forEach(line -> wanted.add(compiled(wanted.size(), line)));
        }
        return wanted;
    }

    private static PatternLine compiled(int number, InputFiles.Line line) {
        try {
            return new PatternLine(number, line.where(), CompiledPattern.parse(line.text()));
        } catch (PatternSyntaxError e) {
            throw new Failure(
                    ExitCode.USAGE,
                    line.where() + ": column " + e.column() + ": " + e.expected() + " is expected, not " + e.found());
        } catch (UnmatchablePattern e) {
            throw new Failure(ExitCode.USAGE, line.where() + ": " + e.getMessage());
        }
    }

    private static List<Observation> read(String file) {
        try {
            return Observations.read(StrictJson.parse(InputFiles.bytes(file)));
        } catch (MalformedJson | MalformedObservation e) {
            throw new Failure(
                    ExitCode.USAGE, (file.equals(InputFiles.STDIN) ? "standard input" : file) + ": " + e.getMessage());
        }
    }

    private void print(PatternLine wanted, Match match) {
        if (GlobalOptions.of(spec).json()) {
            List<Json> bindings = new ArrayList<>();
            for (Match.Binding binding : match.bindings()) {
                bindings.add(JsonObject.builder()
                        .put("observation", binding.observation())
                        .putStrings("observed", ids(binding.observed()))
                        .build());
            }
            print(head(wanted).put("bindings", new JsonArray(bindings)).build());
        } else {
            CommandOutput.out(spec).println(wanted.where() + ": " + String.join(" ", ids(match.observed())));
        }
    }

    private static List<String> ids(List<Observation> observations) {
        return observations.stream()
                .map(o -> o.id().orElse("observed-data without an id"))
                .toList();
    }

    private static JsonObject.Builder head(PatternLine wanted) {
        return JsonObject.builder()
                .put("where", wanted.where())
                .put("pattern", wanted.pattern().toString());
    }

    private void print(JsonObject json) {
        CommandOutput.out(spec).json(CanonicalJson.text(json));
    }
}
