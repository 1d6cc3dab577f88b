package uz.koprik.crypto.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every refusal by its words, its JSON pointer and its place; texts are in single quotes, {@code ~} is a line break.
 */
class StrictJsonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':1,~'b':2,~'a':3}      | this name twice         | /a     | 3 | 1",
                "{'a':1,'\\u0061':3}        | this name twice         | /a     | 1 | 8",
                "{'x':['\\ud800']}          | high surrogate          | /x/0   | 1 | 8",
                "{'x':['\\ud800\\u0041']}   | high surrogate          | /x/0   | 1 | 8",
                "{'x':'\\udc00'}            | low surrogate           | /x     | 1 | 7",
                "[9007199254740992]         | integer beyond          | /0     | 1 | 2",
                "[0,-9007199254740992]      | integer beyond          | /1     | 1 | 4",
                "[123456789012345678901]    | integer beyond          | /0     | 1 | 2",
                "[1e20]                     | integer beyond          | /0     | 1 | 2",
                "[9007199254740993.0]       | integer beyond          | /0     | 1 | 2",
                "{'n':~01}                  | leading zeros           | /n     | 2 | 1",
                "{'n':-01}                  | leading zeros           | /n     | 1 | 6",
                "[-0]                       | negative zero           | /0     | 1 | 2",
                "[-0.0]                     | negative zero           | /0     | 1 | 2",
                "[-0e7]                     | negative zero           | /0     | 1 | 2",
                "[3.141592653589793238462]  | does not give back      | /0     | 1 | 2",
                "[1e-400]                   | does not give back      | /0     | 1 | 2",
                "[1E400]                    | beyond what a double    | /0     | 1 | 2",
                "{}~{}                      | after the end           | ``     | 2 | 1",
                "[1,]                       | a value is expected     | /1     | 1 | 4",
                "[1 2]                      | comma or the end        | /0     | 1 | 4",
                "{'a' 1}                    | colon                   | /a     | 1 | 6",
                "{'a':1 'b':2}              | comma or the end        | /a     | 1 | 8",
                "{a:1}                      | name in double quotes   | ``     | 1 | 2",
                "{'a':1,}                   | name in double quotes   | /a     | 1 | 8",
                "['a~b']                    | control character       | /0     | 1 | 4",
                "['\\x']                    | escape                  | /0     | 1 | 3",
                "['\\u12g4']                | hexadecimal             | /0     | 1 | 7",
                "['abc                      | ends inside a string    | /0     | 1 | 6",
                "[tru]                      | value is expected       | /0     | 1 | 2",
                "[-]                        | digit is expected       | /0     | 1 | 3",
                "[1.]                       | digit is expected       | /0     | 1 | 4",
                "[1e]                       | digit is expected       | /0     | 1 | 4",
                "{'a/b':{'m~0n':[nul]}}     | control character       | /a~1b  | 1 | 11",
                "[                          | ends where a value      | /0     | 1 | 2"
            })
    void refuses(String text, String reason, String pointer, int line, int column) {
        byte[] json = text.replace('\'', '"').replace('~', '\n').getBytes(UTF_8);
        MalformedJson e = assertThrows(MalformedJson.class, () -> StrictJson.parse(json));
        assertAll(
                () -> assertTrue(e.reason().contains(reason), e.getMessage()),
                () -> assertEquals(pointer, e.pointer(), e.getMessage()),
                () -> assertEquals(line, e.line(), e.getMessage()),
                () -> assertEquals(column, e.column(), e.getMessage()));
    }

    @Test
    void escapesNamesInThePointer() {
        MalformedJson e = assertThrows(MalformedJson.class, () -> parse("{\"a/b\":{\"m~n\":[1,x]}}"));
        assertEquals("/a~1b/m~0n/1", e.pointer());
    }

    @Test
    void refusesAByteOrderMark() {
        MalformedJson e = assertThrows(MalformedJson.class, () -> parse("\uFEFF{}"));
        assertTrue(e.reason().contains("byte order mark"), e.reason());
        assertEquals(0, e.offset());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0080",
                "\u00C0\u0080",
                "\u00C1\u00BF",
                "\u00E0\u0080\u0080",
                "\u00ED\u00A0\u0080",
                "\u00F4\u0090\u0080\u0080",
                "\u00F5\u0080\u0080\u0080",
                "\u00C3",
                "\u00E2\u0082",
                "\u00C3(",
                "\u00FF"
            })
    void refusesBytesThatAreNotUtf8(String bytes) {
        byte[] json = ("[\"" + bytes + "\"]").getBytes(ISO_8859_1);
        MalformedJson e = assertThrows(MalformedJson.class, () -> StrictJson.parse(json));
        assertTrue(e.reason().contains("not UTF-8") || e.reason().contains("ends inside"), e.reason());
        assertEquals("/0", e.pointer());
    }

    /** A reader that guesses the encoding would read these as the number 1 in an array. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void refusesOtherEncodings(String charset) {
        byte[] json = "[1]".getBytes(Charset.forName(charset));
        assertThrows(MalformedJson.class, () -> StrictJson.parse(json));
    }

    @Test
    void readsAPartOfTheBytes() throws MalformedJson {
        byte[] bytes = "]x[1,\"\u00e9\"]\"".getBytes(UTF_8);
        JsonArray array = (JsonArray) StrictJson.parse(bytes, 2, bytes.length - 1);
        assertEquals(2, array.start());
        assertEquals(bytes.length - 1, array.end());
        assertEquals("\u00e9", ((JsonString) array.items().get(1)).value());
        MalformedJson e = assertThrows(MalformedJson.class, () -> StrictJson.parse(bytes, 2, bytes.length));
        assertEquals(bytes.length - 3, e.offset(), e.getMessage());
    }

    /** Names that differ by zeros only share the words by which a table of names may compare them. */
    @Test
    void keepsNamesApartThatDifferByZeros() throws MalformedJson {
        for (String name : new String[] {"a", "abcd", "abcdefgh", "abcdefghijklm"}) {
            JsonObject object =
                    (JsonObject) parse("{\"" + name + "\":1,\"\\u0000" + name + "\":2,\"" + name + "\\u0000\":3}");
            assertEquals(List.of(name, "\0" + name, name + "\0"), object.names());
        }
    }

    /** A fault is found where it is, though the tokens after it are read ahead. */
    @Test
    void namesTheFirstOfTwoFaults() {
        assertEquals(
                "/a",
                assertThrows(MalformedJson.class, () -> parse("{\"a\":1,\"a\":tru}"))
                        .pointer());
        assertTrue(assertThrows(MalformedJson.class, () -> parse("[\"_\0\"]"))
                .reason()
                .contains("control character"));
        assertTrue(assertThrows(MalformedJson.class, () -> parse("-0.0NaN"))
                .reason()
                .contains("negative zero"));
        assertTrue(assertThrows(MalformedJson.class, () -> parse("[\"\\ud800\\x\"]"))
                .reason()
                .contains("high surrogate"));
    }

    @Test
    void refusesDepthOver64WithoutTouchingTheStack() throws MalformedJson {
        parse("[".repeat(64) + "]".repeat(64));
        MalformedJson e = assertThrows(MalformedJson.class, () -> parse("[".repeat(65) + "]".repeat(65)));
        assertTrue(e.reason().contains("deeper than 64"), e.reason());
        assertThrows(MalformedJson.class, () -> parse("{\"a\":".repeat(100_000)));
    }

    @Test
    void refusesNumbersTooLongToBeHonest() {
        MalformedJson e = assertThrows(MalformedJson.class, () -> parse("0." + "1".repeat(1000)));
        assertTrue(e.reason().contains("400 characters"), e.reason());
    }

    @Test
    void findsDuplicatesAmongManyNames() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < 1000; i++) {
            text.append("\"n").append(i).append("\":0,");
        }
        MalformedJson e = assertThrows(MalformedJson.class, () -> parse(text + "\"n500\":1}"));
        assertEquals("/n500", e.pointer());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "9007199254740991",
                "-9007199254740991",
                "0.1",
                "1.5e300",
                "1E30",
                "333333333.33333329",
                "5e-324",
                "4.50",
                "2e-3",
                "1.0",
                "0.0",
                "0e5",
                "0.000000000000000000000000001"
            })
    void readsNumbersThatEveryReaderReadsAlike(String text) throws MalformedJson {
        assertEquals(Double.parseDouble(text), ((JsonNumber) parse(text)).value());
    }

    @Test
    void knowsIntegersByTheirText() throws MalformedJson {
        assertTrue(((JsonNumber) parse("10")).integer());
        assertFalse(((JsonNumber) parse("10.0")).integer());
        assertFalse(((JsonNumber) parse("1e1")).integer());
    }

    @Test
    void keepsWhereEachValueStood() throws MalformedJson {
        String text = " {\"a\": [1, {\"b\":\"\u20ac\"}] } ";
        byte[] json = text.getBytes(UTF_8);
        JsonObject object = StrictJson.parseObject(json);
        Json inner = object.items("a").get(1);
        assertEquals("{\"b\":\"\u20ac\"}", new String(json, inner.start(), inner.end() - inner.start(), UTF_8));
        assertEquals(1, object.start());
        assertEquals(json.length - 1, object.end());
    }

    @Test
    void namesThePlaceOfWhatShouldHaveBeenAnObject() {
        MalformedJson e = assertThrows(MalformedJson.class, () -> StrictJson.parseObject("\n [1]".getBytes(UTF_8)));
        assertEquals(2, e.line());
        assertEquals(2, e.column());
        assertTrue(e.getMessage().contains("not a value of kind array"), e.getMessage());
    }

    @Test
    void neverQuotesTheText() {
        MalformedJson e = assertThrows(MalformedJson.class, () -> parse("{\"a\":\"secret\" \"b\"}"));
        assertFalse(e.getMessage().contains("secret"));
    }

    private static Json parse(String text) throws MalformedJson {
        return StrictJson.parse(text.getBytes(UTF_8));
    }
}
