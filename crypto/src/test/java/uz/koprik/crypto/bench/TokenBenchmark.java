package uz.koprik.crypto.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import uz.koprik.crypto.jws.KeySigner;
import uz.koprik.crypto.jws.Signature;
import uz.koprik.crypto.pkcs11.PinSource;
import uz.koprik.crypto.pkcs11.SigningToken;
import uz.koprik.crypto.pkcs11.SoftHsm;
import uz.koprik.crypto.pkcs11.TokenSettings;

/** Signatures by a PKCS#11 token, SoftHSM2 in this process, with four sessions; needs Debian's softhsm2. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class TokenBenchmark {

    private static final int SESSIONS = 4;
    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");

    private final byte[] payload = new byte[1100];
    private Path refused;
    private KeySigner signer;

    @Setup
    public void setUp() throws Exception {
        SoftHsm.token("bench");
        refused = Files.createTempFile("koprik-bench", ".refused");
        Files.delete(refused);
        SigningToken token =
                new SigningToken(new TokenSettings(SoftHsm.MODULE, "bench", "", SESSIONS, new TestPin(), refused));
        signer = new KeySigner(token.generate("bench"));
    }

    private static final class TestPin implements PinSource {
        @Override
        public char[] read() {
            return SoftHsm.PIN.toCharArray();
        }

        @Override
        public String place() {
            return "the benchmark";
        }
    }

    @TearDown
    public void tearDown() throws Exception {
        Files.deleteIfExists(refused);
    }

    @Benchmark
    @Threads(1)
    public Signature oneThread() {
        return signer.sign(payload, NOW);
    }

    @Benchmark
    @Threads(2)
    public Signature twoThreads() {
        return signer.sign(payload, NOW);
    }

    @Benchmark
    @Threads(8)
    public Signature eightThreads() {
        return signer.sign(payload, NOW);
    }
}
