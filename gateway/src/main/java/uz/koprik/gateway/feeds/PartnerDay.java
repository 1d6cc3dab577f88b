package uz.koprik.gateway.feeds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.config.SecretFile;

/**
 * What was exchanged with each partner since the day began. The figures of an exchange only grow; a file holds what
 * they were when the day began, so that a restart changes nothing. Safe for use by many threads at once.
 */
public final class PartnerDay {

    private static final Logger LOG = LoggerFactory.getLogger(PartnerDay.class);

    private final Path file;
    private final ZoneId zone;
    private final InstantSource clock;
    private Marks marks;

    /**
     * Objects of one exchange.
     *
     * @param in that came and were new, fetched or pushed
     * @param out that the partner took as new
     * @param refusedIn that this centre refused
     * @param refusedOut that the partner refused
     */
    public record Totals(long in, long out, long refusedIn, long refusedOut) {

        static final Totals NONE = new Totals(0, 0, 0, 0);

        static Totals of(PartnerReport report) {
            return new Totals(
                    report.memory().in().done() + report.received().done(),
                    report.memory().out().done(),
                    report.memory().in().refused() + report.received().refused(),
                    report.memory().out().refused());
        }

        /** The sum of two. */
        public Totals plus(Totals other) {
            return new Totals(
                    in + other.in, out + other.out, refusedIn + other.refusedIn, refusedOut + other.refusedOut);
        }

        private Totals since(Totals before) {
            return new Totals(
                    Math.max(0, in - before.in),
                    Math.max(0, out - before.out),
                    Math.max(0, refusedIn - before.refusedIn),
                    Math.max(0, refusedOut - before.refusedOut));
        }
    }

    /** The totals when a day began. */
    private record Marks(LocalDate day, Map<String, Totals> totals) {}

    /**
     * A day so far.
     *
     * @param date in the zone of the centre
     * @param begin its first moment
     * @param byPartner the figures of each partner; none for one that was not asked for
     */
    public record Day(LocalDate date, ZoneId zone, Instant begin, Map<String, Totals> byPartner) {

        public Day {
            byPartner = Map.copyOf(byPartner);
        }

        /** The figures of a partner. */
        public Totals of(String partner) {
            return byPartner.getOrDefault(partner, Totals.NONE);
        }

        /** The figures of all partners together. */
        public Totals all() {
            return byPartner.values().stream().reduce(Totals.NONE, Totals::plus);
        }
    }

    /**
     * @param file where the figures at the beginning of the day are kept
     * @param zone in which days begin
     */
    public PartnerDay(Path file, ZoneId zone, InstantSource clock) {
        this.file = file;
        this.zone = zone;
        this.clock = clock;
        this.marks = read();
    }

    /**
     * The day so far. Call it every minute, so that a new day begins when it does.
     *
     * @param reports of all partners as they are now
     */
    public synchronized Day of(List<PartnerReport> reports) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        Map<String, Totals> now = new HashMap<>();
        reports.forEach(report -> now.put(report.settings().name(), Totals.of(report)));
        if (!marks.day().equals(today)) {
            marks = new Marks(today, Map.copyOf(now));
            write();
        }
        Map<String, Totals> day = new HashMap<>();
        now.forEach((name, totals) -> day.put(name, totals.since(marks.totals().getOrDefault(name, Totals.NONE))));
        return new Day(today, zone, today.atStartOfDay(zone).toInstant(), day);
    }

    private Marks read() {
        Marks none = new Marks(LocalDate.MIN, Map.of());
        if (!Files.exists(file)) {
            return none;
        }
        try {
            JsonObject json = StrictJson.parseObject(Files.readAllBytes(file));
            Map<String, Totals> totals = new HashMap<>();
            json.object("partners").ifPresent(all -> all.names().forEach(name -> all.object(name)
                    .ifPresent(one -> totals.put(
                            name,
                            new Totals(
                                    number(one, "in"),
                                    number(one, "out"),
                                    number(one, "refused_in"),
                                    number(one, "refused_out"))))));
            return new Marks(LocalDate.parse(json.string("day").orElse("")), Map.copyOf(totals));
        } catch (IOException | MalformedJson | DateTimeParseException damaged) {
            LOG.warn("{} cannot be read, so the figures of today begin now: {}", file, damaged.getMessage());
            return none;
        }
    }

    private static long number(JsonObject json, String name) {
        return json.get(name) instanceof JsonNumber number && number.integer() ? number.longValue() : 0;
    }

    private void write() {
        JsonObject.Builder partners = JsonObject.builder();
        new TreeMap<>(marks.totals())
                .forEach((name, totals) -> partners.put(
                        name,
                        JsonObject.builder()
                                .put("in", totals.in())
                                .put("out", totals.out())
                                .put("refused_in", totals.refusedIn())
                                .put("refused_out", totals.refusedOut())
                                .build()));
        JsonObject json = JsonObject.builder()
                .put("day", marks.day().toString())
                .put("partners", partners.build())
                .build();
        try {
            SecretFile.replace(file, CanonicalJson.bytes(json));
        } catch (IOException full) {
            throw new UncheckedIOException("the figures of the day cannot be written to " + file, full);
        }
    }
}
