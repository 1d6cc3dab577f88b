package uz.koprik.gateway.backup;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import uz.koprik.gateway.config.BackupConfig;

/** Which backups are kept, by the times they were made only: the clock of today does not matter. */
final class Retention {

    private Retention() {}

    /** Those of the times that are kept; the newest always is. */
    static Set<Instant> kept(List<Instant> made, BackupConfig.Keep rule) {
        List<Instant> newestFirst =
                made.stream().sorted(Comparator.reverseOrder()).toList();
        Set<Instant> kept = new HashSet<>(newestFirst.subList(0, Math.min(rule.last(), newestFirst.size())));
        newestOfEach(newestFirst, rule.weekly(), Retention::week, kept);
        newestOfEach(newestFirst, rule.monthly(), moment -> YearMonth.from(day(moment)), kept);
        return kept;
    }

    private static void newestOfEach(
            List<Instant> newestFirst, int periods, Function<Instant, Object> period, Set<Instant> kept) {
        Set<Object> seen = new HashSet<>();
        for (Instant moment : newestFirst) {
            if (seen.size() < periods && seen.add(period.apply(moment))) {
                kept.add(moment);
            }
        }
    }

    private static Object week(Instant moment) {
        LocalDate day = day(moment);
        return List.of(day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }

    private static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
    }
}
