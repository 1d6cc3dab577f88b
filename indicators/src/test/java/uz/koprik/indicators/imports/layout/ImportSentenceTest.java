package uz.koprik.indicators.imports.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uz.koprik.indicators.wording.Sentence;

class ImportSentenceTest {

    /** No sentence is taken for one of another kind. */
    @ParameterizedTest
    @EnumSource
    void isReadAsItIsSaid(ImportSentence kind) {
        Object[] values = IntStream.range(0, kind.form().names().size())
                .mapToObj(i -> "17" + i)
                .toArray();
        Sentence said = Sentence.of(kind, values);
        assertEquals(said, ImportSentence.read(said.text()));
    }
}
