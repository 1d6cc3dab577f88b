package uz.koprik.indicators.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import uz.koprik.crypto.Oracles;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.pattern.Pattern;
import uz.koprik.indicators.pattern.PatternSyntaxError;
import uz.koprik.indicators.pattern.match.CompiledPattern;
import uz.koprik.indicators.pattern.match.MalformedObservation;
import uz.koprik.indicators.pattern.match.MatchFailure;
import uz.koprik.indicators.pattern.match.Observation;
import uz.koprik.indicators.pattern.match.Observations;
import uz.koprik.indicators.pattern.match.UnmatchablePattern;

/** Patterns and pairs of the reference matcher's own tests (see the oracles), one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class PatternBenchmark {

    private record Pair(String text, CompiledPattern pattern, List<Observation> observations) {}

    private Pair[] pairs;
    private int next;

    @Setup
    public void setUp()
            throws IOException, MalformedJson, PatternSyntaxError, UnmatchablePattern, MalformedObservation {
        List<Pair> list = new ArrayList<>();
        for (String line : Oracles.lines("conformance/pattern_match_v21.jsonl")) {
            JsonObject row = StrictJson.parseObject(line.getBytes(StandardCharsets.UTF_8));
            if (!row.string("outcome").orElseThrow().equals("error")) {
                String text = row.string("pattern").orElseThrow();
                list.add(new Pair(text, CompiledPattern.parse(text), Observations.read(row.get("observed_data"))));
            }
        }
        pairs = list.toArray(Pair[]::new);
    }

    private Pair pair() {
        next = next + 1 == pairs.length ? 0 : next + 1;
        return pairs[next];
    }

    /** Pairs of a compiled pattern and observed data. */
    @Benchmark
    public boolean match() throws MatchFailure {
        Pair pair = pair();
        return pair.pattern.match(pair.observations).isPresent();
    }

    @Benchmark
    public Pattern parse() throws PatternSyntaxError {
        return Pattern.parseLeniently(pair().text);
    }

    @Benchmark
    public CompiledPattern parseAndCompile() throws PatternSyntaxError, UnmatchablePattern {
        return CompiledPattern.parse(pair().text);
    }
}
