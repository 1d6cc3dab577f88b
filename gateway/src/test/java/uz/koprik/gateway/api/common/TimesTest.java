package uz.koprik.gateway.api.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

    @Test
    void readsMomentsOfEveryYearThatStixCanWrite() {
        assertEquals(Instant.parse("2026-11-22T08:00:00Z"), Times.parse("2026-11-22T08:00:00Z"));
        assertEquals(-62_167_219_200_000_000L, Times.micros(Times.parse("0000-01-01T00:00:00Z")));
        assertEquals(253_402_300_799_999_999L, Times.micros(Times.parse("9999-12-31T23:59:59.999999999Z")));
    }

    /** Microseconds of such years do not fit into a number of 64 bits, or into a timestamp of STIX. */
    @ParameterizedTest
    @ValueSource(strings = {"-999999999-01-01T00:00:00Z", "-0001-12-31T23:59:59Z", "+10000-01-01T00:00:00Z", "2026"})
    void refusesOthers(String text) {
        assertThrows(DateTimeParseException.class, () -> Times.parse(text));
    }
}
