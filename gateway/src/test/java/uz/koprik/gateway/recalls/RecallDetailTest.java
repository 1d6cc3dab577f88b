package uz.koprik.gateway.recalls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uz.koprik.indicators.wording.Sentence;

class RecallDetailTest {

    /** Receipts have the sentence alone. */
    @ParameterizedTest
    @EnumSource
    void isReadAsItIsSaid(RecallDetail kind) {
        Object[] values =
                IntStream.range(0, kind.names().size()).mapToObj(i -> "17" + i).toArray();
        Sentence said = kind.of(values);
        assertEquals(said, Sentence.recognised(RecallDetail.values(), said.text()));
    }
}
