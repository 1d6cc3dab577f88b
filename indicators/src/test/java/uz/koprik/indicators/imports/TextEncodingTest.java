package uz.koprik.indicators.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextEncodingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "windows-1251 | evil.example.com,фишинг",
                "windows-1251 | Тип;Значение;Комментарий",
                "windows-1251 | ФИШИНГ; Адрес сервера управления",
                "KOI8-R       | evil.example.com,фишинг",
                "KOI8-R       | Тип;Значение;Комментарий",
                "KOI8-R       | Домен злоумышленника, зарегистрирован вчера",
                "windows-1252 | Gefälschte Überweisung, evil.example.com",
                "x-windows-949 | 값,유형,설명 악성 코드 유포지",
                "UTF-16LE     | value,description evil.example.com",
                "UTF-16BE     | value,description evil.example.com",
                "UTF-16LE     | значение, фишинг",
                "UTF-16BE     | значение, фишинг"
            })
    void guessesWhatIsNotUtf8(String charset, String text) throws IOException {
        byte[] bytes = text.getBytes(Charset.forName(charset));
        TextEncoding found = TextEncoding.detect(bytes);
        assertEquals(charset, found.charset().name());
        assertTrue(found.isGuessed());
        assertTrue(found.warning().text().contains("--encoding"), found.warning()::text);
        assertEquals(text, inUtf8(found, bytes));
        assertEquals(text, found.decode(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void believesAByteOrderMark(String charset) throws IOException {
        byte[] bytes = "\uFEFFvalue,имя\n😀".getBytes(Charset.forName(charset));
        TextEncoding found = TextEncoding.detect(bytes);
        assertEquals(charset, found.charset().name());
        assertFalse(found.isGuessed());
        assertEquals("value,имя\n😀", inUtf8(found, bytes));
    }

    @Test
    void doesNotTakeACutCharacterForAnotherEncoding() {
        byte[] bytes = "имя".getBytes(StandardCharsets.UTF_8);
        assertEquals(
                StandardCharsets.UTF_8,
                TextEncoding.detect(Arrays.copyOf(bytes, bytes.length - 1)).charset());
    }

    @Test
    void takesTheNameThatTheSenderGives() throws Exception {
        byte[] bytes = "фишинг".getBytes(Charset.forName("KOI8-R"));
        TextEncoding stated = TextEncoding.stated("koi8-r", bytes);
        assertFalse(stated.isGuessed());
        assertEquals("фишинг", stated.decode(bytes));
        assertThrows(ImportRefused.class, () -> TextEncoding.stated("no such thing", bytes));
        byte[] marked = "\uFEFFa".getBytes(StandardCharsets.UTF_16LE);
        assertEquals("a", TextEncoding.stated("UTF-16", marked).decode(marked));
    }

    @Test
    void keepsCharactersOfTwoUnitsWholeBetweenParts() throws IOException {
        String text = "a" + "😀".repeat(10_000);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_16LE);
        assertEquals(text, inUtf8(new TextEncoding(StandardCharsets.UTF_16LE, TextEncoding.Basis.STATED, 0), bytes));
    }

    private static String inUtf8(TextEncoding encoding, byte[] bytes) throws IOException {
        return new String(encoding.utf8(new ByteArrayInputStream(bytes)).readAllBytes(), StandardCharsets.UTF_8);
    }
}
