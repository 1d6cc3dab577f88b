package uz.koprik.indicators.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.pattern.PatternSyntaxError;
import uz.koprik.indicators.pattern.match.CompiledPattern;
import uz.koprik.indicators.pattern.match.MalformedObservation;
import uz.koprik.indicators.pattern.match.Observation;
import uz.koprik.indicators.pattern.match.Observations;
import uz.koprik.indicators.pattern.match.PatternIndex;
import uz.koprik.indicators.pattern.match.UnmatchablePattern;

/** One observation against very many patterns: most name values, some combine them, a few need a look at every text. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PatternIndexBenchmark {

    private static final String OBSERVED =
            """
            {"type":"bundle","objects":[{"type":"observed-data","id":"observed-data--1","first_observed":"2026-01-01T00:00:00Z",
            "last_observed":"2026-01-01T00:00:02Z","number_observed":3,"object_refs":["d--1","i--1","u--1","f--1","n--1"]},
            {"type":"domain-name","id":"d--1","value":"d4242.example.com"},{"type":"ipv4-addr","id":"i--1","value":"198.51.100.7"},
            {"type":"url","id":"u--1","value":"https://d4242.example.com/login?id=7"},
            {"type":"file","id":"f--1","name":"invoice.pdf.exe","size":4711,"hashes":{"MD5":"00000000000000000000000000001092"}},
            {"type":"network-traffic","id":"n--1","src_ref":"i--1","dst_port":443,"protocols":["ipv4","tcp","tls"]}]}""";

    @Param({"100000"})
    public int patterns;

    /** Of 1,000 patterns, how many have no equality that could be looked up. */
    @Param({"0", "1"})
    public int unlisted;

    private final PatternIndex<Integer> index = new PatternIndex<>();
    private List<Observation> observations;

    @Setup
    public void setUp() throws MalformedJson, MalformedObservation, PatternSyntaxError, UnmatchablePattern {
        observations = Observations.read(StrictJson.parse(OBSERVED.getBytes(StandardCharsets.UTF_8)));
        for (int i = 0; i < patterns; i++) {
            index.put(i, CompiledPattern.parse(text(i)));
        }
    }

    private String text(int i) {
        if (i % 1000 < unlisted) {
            return "[url:value LIKE '%//d" + i + "._%/login%' OR file:name MATCHES '\\\\.(exe|scr)" + i + "$']";
        }
        return switch (i % 6) {
            case 0 -> "[domain-name:value = 'd" + i + ".example.com']";
            case 1 ->
                "[ipv4-addr:value = '203.0." + i / 256 % 256 + '.' + i % 256 + "' OR domain-name:value = 'd" + i
                        + ".example.net']";
            case 2 -> "[file:hashes.MD5 = '%032x']".formatted(i);
            case 3 -> "[url:value IN ('https://d" + i + ".example.com/login', 'http://d" + i + ".example.com/')]";
            case 4 -> "[file:size = " + i + " AND file:name LIKE '%.exe']";
            default ->
                "[network-traffic:dst_port = 443] FOLLOWEDBY [domain-name:value = 'd" + i
                        + ".example.org'] WITHIN 60 SECONDS";
        };
    }

    @Benchmark
    public PatternIndex.Result<Integer> match() {
        return index.match(observations);
    }
}
