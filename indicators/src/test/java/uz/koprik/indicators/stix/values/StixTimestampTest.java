package uz.koprik.indicators.stix.values;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StixTimestampTest {

    private static final long YEAR_0 = -62_167_219_200_000_000L;
    private static final long YEAR_9999 = 253_402_300_799_999_999L;

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 0",
        "1970-01-01T00:00:00.000001Z, 1",
        "1970-01-01T00:00:00.1Z, 100000",
        "1970-01-01T00:00:00.123456789012Z, 123456",
        "1969-12-31T23:59:59.999999Z, -1",
        "2000-02-29T12:00:00.5Z, 951825600500000",
        "0000-01-01T00:00:00Z, -62167219200000000",
        "9999-12-31T23:59:59.999999Z, 253402300799999999",
        "2016-12-31T23:59:60Z, 1483228799999999"
    })
    void readsMicroseconds(String text, long micros) {
        assertEquals(micros, StixTimestamp.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2016-01-01",
                "2016-01-01T00:00:00",
                "2016-01-01T00:00:00+00:00",
                "2016-01-01 00:00:00Z",
                "2016-01-01t00:00:00Z",
                "2016-01-01T00:00:00z",
                "2016-02-30T00:00:00Z",
                "2017-02-29T00:00:00Z",
                "1900-02-29T00:00:00Z",
                "2016-13-01T00:00:00Z",
                "2016-00-01T00:00:00Z",
                "2016-01-00T00:00:00Z",
                "2016-01-01T24:00:00Z",
                "2016-01-01T00:60:00Z",
                "2016-01-01T00:00:60Z",
                "2016-12-31T23:58:60Z",
                "2016-12-31T23:59:61Z",
                "2016-01-01T00:00:00.Z",
                "2016-01-01T00:00:00.12aZ",
                "2016-01-01T00:00:00,5Z",
                "+016-01-01T00:00:00Z",
                "2016-1-01T00:00:00ZZ",
                "٢٠١٦-01-01T00:00:00Z"
            })
    void refusesWhatIsNoTimestamp(String text) {
        assertEquals(StixTimestamp.INVALID, StixTimestamp.parse(text));
    }

    @Test
    void formatsCreatedAndModifiedWithThreeOrSixDigits() {
        assertEquals("2026-11-22T08:30:00.000Z", StixTimestamp.format(StixTimestamp.parse("2026-11-22T08:30:00Z")));
        assertEquals("2026-11-22T08:30:00.120Z", StixTimestamp.format(StixTimestamp.parse("2026-11-22T08:30:00.12Z")));
        assertEquals(
                "2026-11-22T08:30:00.123400Z", StixTimestamp.format(StixTimestamp.parse("2026-11-22T08:30:00.1234Z")));
        assertEquals("1969-12-31T23:59:59.999999Z", StixTimestamp.format(-1));
    }

    @Test
    void formatsOtherTimestampsWithoutIdleDigits() {
        assertEquals(
                "2026-11-22T08:30:00Z", StixTimestamp.formatShort(StixTimestamp.parse("2026-11-22T08:30:00.000Z")));
        assertEquals(
                "2026-11-22T08:30:00.12Z", StixTimestamp.formatShort(StixTimestamp.parse("2026-11-22T08:30:00.120Z")));
        assertEquals(
                "2026-11-22T08:30:00.000001Z",
                StixTimestamp.formatShort(StixTimestamp.parse("2026-11-22T08:30:00.000001Z")));
    }

    @Test
    void refusesToWriteYearsThatDoNotFit() {
        assertThrows(IllegalArgumentException.class, () -> StixTimestamp.format(YEAR_9999 + 1));
        assertThrows(IllegalArgumentException.class, () -> StixTimestamp.format(YEAR_0 - 1));
    }

    @Property(tries = 3000)
    void agreesWithTheJdk(@ForAll @LongRange(min = YEAR_0, max = YEAR_9999) long micros) {
        String jdk = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(StixTimestamp.instant(micros));
        assertEquals(micros, StixTimestamp.parse(jdk));
        assertEquals(micros, StixTimestamp.parse(StixTimestamp.format(micros)));
        assertEquals(micros, StixTimestamp.parse(StixTimestamp.formatShort(micros)));
        assertEquals(micros, StixTimestamp.micros(Instant.parse(jdk)));
    }
}
