package uz.koprik.indicators.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.pattern.PatternSyntaxError;
import uz.koprik.indicators.pattern.match.CompiledPattern;
import uz.koprik.indicators.pattern.match.MalformedObservation;
import uz.koprik.indicators.pattern.match.Match;
import uz.koprik.indicators.pattern.match.MatchFailure;
import uz.koprik.indicators.pattern.match.Observation;
import uz.koprik.indicators.pattern.match.Observations;
import uz.koprik.indicators.pattern.match.PatternIndex;
import uz.koprik.indicators.pattern.match.UnmatchablePattern;

/** The matcher: a line of pattern and observed data behind it; the index must say the same. */
public final class MatchTarget {

    private MatchTarget() {}

    /** Called by Jazzer once; loads classes before the time of any input is measured. */
    public static void fuzzerInitialize() {
        for (byte[] seed : Seeds.of(MatchTarget.class)) {
            tryOut(seed);
        }
    }

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        long begun = Findings.processorTime();
        tryOut(input);
        Findings.checkTime(begun);
    }

    private static void tryOut(byte[] input) {
        int line = 0;
        while (line < input.length && input[line] != '\n') {
            line++;
        }
        CompiledPattern pattern;
        List<Observation> observations;
        try {
            pattern = CompiledPattern.parse(new String(input, 0, line, StandardCharsets.UTF_8));
            observations = Observations.read(StrictJson.parse(input, Math.min(line + 1, input.length), input.length));
        } catch (PatternSyntaxError | UnmatchablePattern | MalformedJson | MalformedObservation e) {
            Findings.check(!e.getMessage().isBlank(), "a refusal without reason");
            return;
        }
        PatternIndex<String> index = new PatternIndex<>();
        index.put("it", pattern);
        PatternIndex.Result<String> found = index.match(observations);
        try {
            Optional<Match> match = pattern.match(observations);
            Findings.check(match.isPresent() != found.hits().isEmpty(), "the index says something else");
            match.ifPresent(m -> Findings.check(observations.containsAll(m.observed()), "bound what was not observed"));
        } catch (MatchFailure e) {
            Findings.check(found.undecided().size() == 1, "the index is sure where the matcher is not");
        }
        index.remove("it");
        Findings.check(index.match(observations).tested() == 0, "the index keeps what was removed");
    }
}
