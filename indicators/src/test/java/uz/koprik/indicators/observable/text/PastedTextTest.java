package uz.koprik.indicators.observable.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import uz.koprik.indicators.observable.CardTokeniser;
import uz.koprik.indicators.observable.Normalisation;

/**
 * What people paste, and exactly the values in it. Lines with two blanks before them are the values of the line above:
 * kind, {@code ?} for a doubtful one, value, port. {@code ␤} is the end of a line.
 */
class PastedTextTest {

    private static final Recognition TASHKENT =
            new Recognition(Normalisation.withCards(CardTokeniser.keyed(new SecretKeySpec(new byte[32], "HmacSHA256")))
                    .withPhoneRegion("UZ"));

    static Stream<Arguments> pasted() throws IOException {
        Map<String, List<String>> values = new LinkedHashMap<>();
        List<String> last = List.of();
        try (InputStream in = PastedTextTest.class.getResourceAsStream("/recognition/pasted.txt")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                if (line.startsWith("  ")) {
                    last.add(line.strip());
                } else if (!line.isBlank() && !line.startsWith("##")) {
                    last = new ArrayList<>();
                    values.put(line, last);
                }
            }
        }
        return values.entrySet().stream().map(one -> Arguments.of(one.getKey(), one.getValue()));
    }

    @ParameterizedTest
    @MethodSource("pasted")
    void exactlyTheValuesAreRead(String text, List<String> values) {
        assertEquals(
                values,
                TASHKENT.recognise(text.replace('␤', '\n')).stream()
                        .map(PastedTextTest::shown)
                        .toList());
    }

    private static String shown(RecognisedValue value) {
        return value.observable().kind()
                + (value.doubtful() ? "? " : " ")
                + value.observable().value()
                + value.port().map(port -> " port " + port).orElse("");
    }
}
