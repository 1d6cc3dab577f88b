package uz.koprik.crypto.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import uz.koprik.crypto.SignatureRejected;
import uz.koprik.crypto.algorithm.KeyRejected;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.algorithm.SigningKey;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonArrayStream;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.crypto.jws.KeySigner;
import uz.koprik.crypto.jws.Signature;
import uz.koprik.crypto.trust.KeyOwner;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.crypto.trust.TrustedKey;
import uz.koprik.crypto.trust.VerifiedSignature;
import uz.koprik.crypto.trust.Verifier;

/** What one indicator costs on its way through this module, one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class CryptoBenchmark {

    private static final String INDICATOR =
            """
            {"type":"indicator","spec_version":"2.1","id":"indicator--6d3b2b52-9b5c-5f0b-9b9f-0d6c3a7d4c11",\
            "created_by_ref":"identity--3f1b8a52-0c0a-5c38-8f5f-1f7b3b6b5d55","created":"2026-11-22T08:00:00.000Z",\
            "modified":"2026-11-22T08:00:00.000Z","name":"malware.example.com","description":"Seen in a trail of malware \\"loader\\"",\
            "indicator_types":["malicious-activity"],"pattern":"[domain-name:value = 'malware.example.com']","pattern_type":"stix",\
            "pattern_version":"2.1","valid_from":"2026-11-22T08:00:00Z","labels":["trail","loader"],"confidence":75,\
            "external_references":[{"source_name":"example","url":"https://example.com/trails/1"}],\
            "object_marking_refs":["marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"]}""";
    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");

    @Param({"Ed25519", "ES256"})
    public String alg;

    private final byte[] text = INDICATOR.getBytes(UTF_8);
    private final byte[] envelope =
            ("{\"objects\":[" + (INDICATOR + ",\n").repeat(10_000) + "1],\"more\":false}").getBytes(UTF_8);
    private JsonObject object;
    private byte[] payload;
    private KeySigner signer;
    private List<Signature> signatures;
    private Verifier verifier;

    @Setup
    public void setUp() throws KeyRejected, MalformedJson {
        object = StrictJson.parseObject(text);
        payload = CanonicalJson.bytes(object);
        SigningKey key = SignatureAlgorithms.named(alg).generate(new SecureRandom());
        signer = new KeySigner(key);
        signatures = List.of(signer.sign(payload, NOW));
        TrustedKey trusted = new TrustedKey(
                signer.kid(), alg, key.publicKey().jwk(), NOW, NOW.plus(Duration.ofDays(1)), Optional.empty());
        TrustedCentre centre = new TrustedCentre(
                "budapest",
                "Budapest",
                "identity--1",
                Set.of("identity--1"),
                Set.of("producer"),
                List.of(trusted),
                List.of(),
                "");
        Optional<KeyOwner> owner = Optional.of(new KeyOwner(centre, trusted, key.publicKey()));
        verifier = new Verifier(kid -> owner);
    }

    @Benchmark
    public JsonObject parse() throws MalformedJson {
        return StrictJson.parseObject(text);
    }

    @Benchmark
    public byte[] canonicalise() {
        return CanonicalJson.bytes(object);
    }

    @Benchmark
    public Signature sign() {
        return signer.sign(payload, NOW);
    }

    @Benchmark
    public List<VerifiedSignature> verify() throws SignatureRejected {
        return verifier.verify(payload, signatures, NOW, "identity--1");
    }

    /** Envelopes of 10,000 indicators (8.9 MB) a second. */
    @Benchmark
    public long split() throws IOException, MalformedJson {
        JsonArrayStream stream = new JsonArrayStream(new ByteArrayInputStream(envelope), "objects", 1 << 20);
        long bytes = 0;
        for (byte[] item = stream.next(); item != null; item = stream.next()) {
            bytes += item.length;
        }
        return bytes;
    }
}
