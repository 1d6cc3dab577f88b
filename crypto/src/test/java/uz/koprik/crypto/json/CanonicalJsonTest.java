package uz.koprik.crypto.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.crypto.Oracles;

class CanonicalJsonTest {

    @ParameterizedTest
    @ValueSource(strings = {"arrays", "french", "structures", "unicode", "values", "weird"})
    void givesThePublishedBytes(String name) throws IOException, MalformedJson {
        Path folder = Oracles.conformance("jcs");
        byte[] input = Files.readAllBytes(folder.resolve("input/" + name + ".json"));
        String hex = Files.readString(folder.resolve("outhex/" + name + ".txt")).replaceAll("\\s", "");
        assertArrayEquals(HexFormat.of().parseHex(hex), CanonicalJson.bytes(StrictJson.parse(input)));
    }

    /** RFC 8785, appendix B: the bits of a double, and its text. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "ffefffffffffffff, -1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555554, 333333333.33333325",
        "41b3de4355555555, 333333333.3333333",
        "41b3de4355555556, 333333333.3333334",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2",
        // Beyond the appendix: where Java writes two digits and ECMAScript one.
        "0000000000000002, 1e-323",
        "0000000000000003, 1.5e-323",
        "0000000000000004, 2e-323",
        "0000000000000015, 1.04e-322"
    })
    void writesNumbersAsEcmascriptDoes(String bits, String text) {
        assertEquals(text, EcmaNumber.text(Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16))));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void hasNoTextForWhatIsNoNumber(double value) {
        assertThrows(IllegalArgumentException.class, () -> EcmaNumber.text(value));
        assertThrows(IllegalArgumentException.class, () -> new JsonNumber(value, false, -1, -1));
    }

    @Test
    void refusesToBuildWhatOtherReadersWouldRound() {
        assertThrows(IllegalArgumentException.class, () -> new JsonNumber(1L << 53));
        assertThrows(IllegalArgumentException.class, () -> new JsonNumber(-(1L << 53)));
        assertThrows(IllegalArgumentException.class, () -> new JsonNumber(-0.0, false, -1, -1));
        assertEquals("9007199254740991", CanonicalJson.text(new JsonNumber((1L << 53) - 1)));
    }

    @Test
    void sortsNamesByUtf16UnitsHoweverManyThereAre() {
        JsonObject.Builder many = JsonObject.builder();
        StringBuilder expected = new StringBuilder("{");
        IntStream.range(0, 100).map(i -> 99 - i).forEach(i -> many.put("name%02d".formatted(i), i));
        for (int i = 0; i < 100; i++) {
            expected.append(i > 0 ? "," : "").append("\"name%02d\":%d".formatted(i, i));
        }
        assertEquals(expected.append('}').toString(), CanonicalJson.text(many.build()));
        // U+1F600 begins with the unit D83D, which sorts before U+FB33 although its code point is higher.
        assertEquals(
                "{\"\uD83D\uDE00\":1,\"\uFB33\":2}",
                CanonicalJson.text(JsonObject.builder()
                        .put("\uFB33", 2)
                        .put("\uD83D\uDE00", 1)
                        .build()));
    }

    @Test
    void escapesOnlyWhatMustBeEscaped() throws MalformedJson {
        String text = "\"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f\\\"\\\\/\u007f\u00e9\u20ac\uD83D\uDE00\"";
        assertEquals(text, CanonicalJson.text(StrictJson.parse(text.getBytes(UTF_8))));
    }

    @Test
    void growsWithLongStringsOfAnyKind() throws MalformedJson {
        for (String unit : new String[] {"a", "\u0001", "\u00e9", "\u20ac", "\uD83D\uDE00", "\""}) {
            JsonString value = new JsonString(unit.repeat(5000));
            assertEquals(value.value(), ((JsonString) StrictJson.parse(CanonicalJson.bytes(value))).value());
        }
    }

    @Test
    void hasNoFormForALoneSurrogate() {
        assertThrows(IllegalArgumentException.class, () -> CanonicalJson.bytes(new JsonString("a\uD800b")));
        assertThrows(IllegalArgumentException.class, () -> CanonicalJson.bytes(new JsonString("a\uDC00b")));
    }
}
