package uz.koprik.gateway.feeds;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures of a day begin anew at midnight of the centre, and not at a restart. */
class PartnerDayTest {

    private static final ZoneId TASHKENT = ZoneId.of("Asia/Tashkent");

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-29T18:00:00Z"));

    private PartnerDay open() {
        return new PartnerDay(folder.resolve("day.json"), TASHKENT, now::get);
    }

    private static List<PartnerReport> sent(long objects) {
        return List.of(PartnerReports.sent("budapest", objects, Map.of("policy", objects / 10)));
    }

    @Test
    void countsFromMidnightOfTheCentreAlsoAfterARestart() {
        PartnerDay day = open();
        assertEquals(0, day.of(sent(100)).all().out(), "what was before the first look is not of today");
        assertEquals(30, day.of(sent(130)).of("budapest").out());
        PartnerDay again = open();
        PartnerDay.Day late = again.of(sent(150));
        assertEquals(50, late.all().out());
        assertEquals(5, late.all().refusedOut());
        assertEquals(Instant.parse("2026-11-28T19:00:00Z"), late.begin());

        now.set(Instant.parse("2026-11-29T19:00:00Z"));
        PartnerDay.Day next = again.of(sent(150));
        assertEquals("2026-11-30", next.date().toString());
        assertEquals(0, next.all().out());
        assertEquals(7, again.of(sent(157)).all().out());
    }

    @Test
    void aDamagedFileBeginsNow() throws Exception {
        open().of(sent(10));
        Files.writeString(folder.resolve("day.json"), "{\"day\":");
        assertEquals(0, open().of(sent(50)).all().out());
    }

    @Test
    void figuresThatBeganAnewAreNeverNegative() {
        PartnerDay day = open();
        day.of(sent(100));
        assertEquals(0, day.of(sent(3)).all().out());
    }
}
