package uz.koprik.indicators.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;
import uz.koprik.indicators.validation.ObjectVerdict;
import uz.koprik.indicators.validation.StixFile;
import uz.koprik.indicators.validation.Validation;

/** Objects read and judged in a second by one thread, from bytes, patterns included. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class StixBenchmark {

    private static final int ATTACK_OBJECTS = 1_826;
    private static final String INDICATOR =
            """
            {"type":"indicator","spec_version":"2.1","id":"indicator--6d3b2b52-9b5c-4f0b-9b9f-0d6c3a7d4c11",\
            "created_by_ref":"identity--3f1b8a52-0c0a-4c38-8f5f-1f7b3b6b5d55","created":"2026-11-22T08:00:00.000Z",\
            "modified":"2026-11-22T08:00:00.000Z","name":"malware.example.com","description":"Seen in a trail of malware",\
            "indicator_types":["malicious-activity"],"pattern":"[domain-name:value = 'malware.example.com']","pattern_type":"stix",\
            "pattern_version":"2.1","valid_from":"2026-11-22T08:00:00Z","labels":["trail","loader"],"confidence":75,\
            "external_references":[{"source_name":"example","url":"https://example.com/trails/1"}],\
            "object_marking_refs":["marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"]}""";
    private static final String FILE =
            """
            {"type":"file","spec_version":"2.1","id":"file--ff1e0780-358c-5808-a8c7-d0fca4ef6ef4","name":"invoice.exe","size":25536,\
            "hashes":{"MD5":"b365b9a80a06906fc9b400c06c33ff43"},"mime_type":"application/x-dosexec","extensions":\
            {"windows-pebinary-ext":{"pe_type":"exe","machine_hex":"014c","number_of_sections":4,"sections":[{"name":"CODE",\
            "entropy":0.061089}]}}}""";

    private final byte[] indicator = INDICATOR.getBytes(UTF_8);
    private final byte[] file = FILE.getBytes(UTF_8);
    private byte[] attack;

    /** The bundle of ATT&CK lies outside this repository; see the system property koprik.data. */
    @Setup
    public void setUp() throws IOException {
        attack = Files.readAllBytes(
                Path.of(System.getProperty("koprik.data", "../../shared/data"), "real", "ics-attack.json.gz"));
    }

    /** As intake does it: what must be. */
    @Benchmark
    public StixObject readIndicator() throws InvalidObject {
        return StixReader.read(indicator);
    }

    /** As {@code koprik validate} does it: what must be and what should be. */
    @Benchmark
    public ObjectVerdict judgeIndicator() {
        return Validation.judge(indicator, 1, true);
    }

    /** An observable with an extension, its id derived for comparison. */
    @Benchmark
    public ObjectVerdict judgeFile() {
        return Validation.judge(file, 1, true);
    }

    /** Objects of ATT&CK for ICS, unpacked, cut out, read and judged. */
    @Benchmark
    @OperationsPerInvocation(ATTACK_OBJECTS)
    public long judgeAttack() throws IOException {
        long findings = 0;
        try (StixFile stix = StixFile.open(new ByteArrayInputStream(attack))) {
            for (StixFile.Item item = stix.next(); item != null; item = stix.next()) {
                findings += item.verdict().findings().size();
            }
        }
        return findings;
    }
}
