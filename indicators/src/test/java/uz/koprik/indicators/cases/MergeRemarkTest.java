package uz.koprik.indicators.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import uz.koprik.indicators.wording.Sentence;

class MergeRemarkTest {

    /** Sentences as cases of earlier versions have them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TYPE | The type of M-2 was fraud; other holds. | holds=other, number=M-2, was=fraud",
                "ROLE | The role of domain a.example.com was suspect in M-2; infrastructure holds."
                        + " | holds=infrastructure, kind=domain, number=M-2, value=a.example.com, was=suspect",
                "SAME_LOSS | The loss of 250.50 EUR (first; of two) is in both cases; it is counted once."
                        + " | loss=250.50 EUR (first; of two)",
                "LIKE_LOSS | The loss of 2 EUR of M-2 has the note and currency of 1 EUR; both are kept."
                        + " | loss=2 EUR, number=M-2, other=1 EUR",
            })
    void readsWhatCasesHold(MergeRemark kind, String words, String details) {
        Sentence remark = Sentence.recognised(MergeRemark.values(), words);
        assertEquals(kind.word(), remark.code());
        assertEquals(
                details,
                remark.details().entrySet().stream()
                        .map(Map.Entry::toString)
                        .sorted()
                        .collect(Collectors.joining(", ")));
        assertEquals(words, remark.text());
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatItSays(MergeRemark kind) {
        Sentence remark = kind.with(kind.names().stream().collect(Collectors.toMap(name -> name, name -> "$1" + name)));
        assertEquals(remark, Sentence.recognised(MergeRemark.values(), remark.text()));
    }
}
