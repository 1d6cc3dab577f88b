package uz.koprik.indicators.documents;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import uz.koprik.indicators.fuzz.DocumentTarget;

/** Damaged documents of all formats are read or refused; nothing else is thrown. The long form is a fuzzer. */
class DamagedDocumentTest {

    private static final List<byte[]> SAMPLES = SampleDocuments.all();

    @Property(tries = 300)
    void aDamagedDocumentIsReadOrRefused(
            @ForAll @IntRange(max = 5) int sample, @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int changes) {
        byte[] bytes = SAMPLES.get(sample).clone();
        Random random = new Random(seed);
        for (int i = 0; i < changes; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        byte[] damaged = random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
        assertDoesNotThrow(() -> DocumentTarget.fuzzerTestOneInput(damaged));
    }
}
