package uz.koprik.indicators.bursts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a rate departs from its past, and when it does not. */
class BurstTest {

    private static final Feature IBANS = new Feature(Dimension.KIND, "iban");

    private static int[] days(int each) {
        int[] days = new int[DailyCounts.DAYS];
        Arrays.fill(days, each);
        return days;
    }

    @Test
    void aSteadyRateIsNoBurstAndAJumpIsOneWithItsFigures() {
        int[] days = days(20);
        assertEquals(List.of(), Burst.among(Map.of(IBANS, days), 1, 8));
        days[DailyCounts.DAYS - 1] = 60;
        Burst burst = Burst.among(Map.of(IBANS, days), 1, 8).getFirst();
        assertEquals(60, burst.observed());
        assertEquals(20, burst.expected());
        assertEquals(Math.sqrt(20 * 9 / 8.0), burst.deviation(), 1e-9);
        assertEquals(40 / burst.deviation(), burst.departure(), 1e-9);
        assertEquals(List.of(20L, 20L, 20L, 20L, 20L, 20L, 20L, 20L), burst.past());
    }

    @Test
    void silenceIsNotableToo() {
        int[] days = days(40);
        days[DailyCounts.DAYS - 1] = 0;
        assertTrue(Burst.among(Map.of(IBANS, days), 1, 8).getFirst().departure() < -Burst.NOTABLE);
    }

    @Test
    void aRateThatAlwaysVariedMayVaryOn() {
        int[] days = days(0);
        for (int i = 0; i < days.length; i++) {
            days[i] = i % 2 == 0 ? 5 : 95;
        }
        days[DailyCounts.DAYS - 1] = 130;
        assertEquals(
                List.of(),
                Burst.among(Map.of(IBANS, days), 1, 8),
                "130 is much after 50 on average, but not after 5 and 95");
    }

    @Test
    void whatIsNewIsNotableFromFiveObjectsOn() {
        int[] days = days(0);
        days[DailyCounts.DAYS - 1] = 4;
        assertEquals(List.of(), Burst.among(Map.of(IBANS, days), 1, 8));
        days[DailyCounts.DAYS - 1] = 5;
        assertEquals(1, Burst.among(Map.of(IBANS, days), 1, 8).size());
    }

    @Test
    void aWeekIsComparedWithWeeks() {
        int[] days = days(1);
        for (int i = 1; i <= 7; i++) {
            days[DailyCounts.DAYS - i] = 5;
        }
        Burst burst = Burst.among(Map.of(IBANS, days), 7, 8).getFirst();
        assertEquals(35, burst.observed());
        assertEquals(7, burst.expected());
        assertEquals(8, burst.past().size());
        assertEquals(7L, burst.past().getFirst());
    }

    /** Chance alone seldom looks like a burst: at three deviations of a widened figure, well under one in a hundred. */
    @Test
    void chanceIsSeldomTakenForABurst() {
        Random random = new Random(7);
        int bursts = 0;
        for (int run = 0; run < 2000; run++) {
            int[] days = new int[DailyCounts.DAYS];
            for (int i = 0; i < days.length; i++) {
                for (int k = 0; k < 200; k++) {
                    days[i] += random.nextInt(10) == 0 ? 1 : 0;
                }
            }
            bursts += Burst.among(Map.of(IBANS, days), 1, 8).size();
        }
        assertTrue(bursts < 20, "of 2000: " + bursts);
    }

    @Test
    void valuesSayTheirKindAndCountry() {
        assertEquals(
                Set.of(
                        new Feature(Dimension.KIND, "domain"),
                        new Feature(Dimension.REGION, "UZ"),
                        new Feature(Dimension.KIND, "iban"),
                        new Feature(Dimension.REGION, "DE"),
                        new Feature(Dimension.KIND, "ipv4"),
                        new Feature(Dimension.KIND, "url")),
                Feature.ofValues(List.of(
                        "domain:example.uz",
                        "iban:DE89370400440532013000",
                        "ipv4:192.0.2.1",
                        "url:http://example.com/a")));
    }
}
