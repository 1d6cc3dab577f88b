package uz.koprik.gateway.clock;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.config.SecretFile;
import uz.koprik.gateway.trouble.HealthTrouble;
import uz.koprik.indicators.wording.Sentence;

/**
 * Compares the clock of this machine with what it cannot contradict: the first moment of the signing key, the newest
 * entry of the sequence, and a clock that only moves forward. While it is wrong, nothing is signed or taken in. It is
 * right again by itself, or when an operator accepts it ({@code koprik serve --accept-clock}). Safe for use by many
 * threads at once.
 */
public final class ClockGuard {

    private static final Logger LOG = LoggerFactory.getLogger(ClockGuard.class);

    /** Steps back of time services are smaller. */
    static final Duration BACK = Duration.ofMinutes(1);
    /** A machine that slept moves ahead by the time it slept. */
    static final Duration AHEAD = Duration.ofDays(7);
    /** No centre in use takes nothing in for this time. */
    public static final Duration SINCE_LAST = Duration.ofDays(366);
    /** Entries that follow an accepted one get the next microseconds until the clock has caught up. */
    private static final Duration FOLLOWS = Duration.ofHours(1);

    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Instant validFrom;
    private final LongSupplier lastAdded;
    private final Path acceptedFile;
    private long acceptedAdded;
    private boolean begun;
    private Instant base;
    private long baseNanos;
    private volatile Sentence trouble = Sentence.NONE;

    /**
     * @param nanos a clock that only moves forward, in nanoseconds
     * @param validFrom first moment of the signing key
     * @param lastAdded when the newest entry was added, microseconds since the epoch; 0 when there is none
     * @param acceptedFile remembers up to which entry an operator accepted the clock
     */
    public ClockGuard(
            InstantSource clock, LongSupplier nanos, Instant validFrom, LongSupplier lastAdded, Path acceptedFile) {
        this.clock = clock;
        this.nanos = nanos;
        this.validFrom = validFrom;
        this.lastAdded = lastAdded;
        this.acceptedFile = acceptedFile;
    }

    /** Begins: reads what was accepted before, or accepts the clock as it is. */
    public synchronized void begin(boolean accept) throws IOException {
        if (accept) {
            acceptedAdded = Math.max(1, lastAdded.getAsLong());
            SecretFile.replace(acceptedFile, Long.toString(acceptedAdded).getBytes(StandardCharsets.US_ASCII));
            LOG.warn("the clock was accepted: it shows {}", clock.instant());
        } else if (Files.exists(acceptedFile)) {
            String text =
                    Files.readString(acceptedFile, StandardCharsets.US_ASCII).strip();
            acceptedAdded = text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
        }
        base = clock.instant();
        baseNanos = nanos.getAsLong();
        look();
        begun = true;
    }

    /** Looks at the clock. Call it every second. */
    public synchronized void look() {
        Instant now = clock.instant();
        Sentence found = wrong(now);
        if (!found.equals(trouble)) {
            if (found.isEmpty()) {
                LOG.info("the clock is right again: it shows {}", now);
            } else if (trouble.isEmpty()) {
                LOG.error("{}; nothing is signed or taken in until then", found.text());
            }
            trouble = found;
        }
        if (found.isEmpty()) {
            base = now;
            baseNanos = nanos.getAsLong();
        }
    }

    private Sentence wrong(Instant now) {
        if (now.plus(BACK).isBefore(validFrom)) {
            return HealthTrouble.CLOCK_BEFORE_KEY.with(Map.of("at", shown(now), "valid", shown(validFrom)));
        }
        Duration step = Duration.between(base.plusNanos(nanos.getAsLong() - baseNanos), now);
        if (step.compareTo(BACK.negated()) < 0) {
            return step(HealthTrouble.CLOCK_WENT_BACK, now, step.negated());
        }
        if (step.compareTo(AHEAD) > 0) {
            return step(HealthTrouble.CLOCK_JUMPED, now, step);
        }
        long added = lastAdded.getAsLong();
        boolean accepted = acceptedAdded > 0 && added - acceptedAdded <= FOLLOWS.toMillis() * 1000;
        if (added == 0 || accepted) {
            return Sentence.NONE;
        }
        Instant last = Instant.EPOCH.plus(added, ChronoUnit.MICROS);
        if (now.plus(BACK).isBefore(last)) {
            return HealthTrouble.CLOCK_BEFORE_LAST.with(Map.of("at", shown(now), "last", shown(last)));
        }
        boolean atStart = !begun || trouble.code().equals(HealthTrouble.CLOCK_FAR_AHEAD.word());
        if (atStart && now.isAfter(last.plus(SINCE_LAST))) {
            return HealthTrouble.CLOCK_FAR_AHEAD.with(
                    Map.of("at", shown(now), "days", SINCE_LAST.toDays(), "last", shown(last)));
        }
        return Sentence.NONE;
    }

    private static String shown(Instant moment) {
        return moment.truncatedTo(ChronoUnit.MINUTES).toString();
    }

    private static Sentence step(HealthTrouble kind, Instant now, Duration step) {
        return kind.with(Map.of("at", shown(now), "step_seconds", step.toSeconds()));
    }

    /** What is wrong with the clock; empty when nothing is known to be. Does not wait. */
    public Optional<Sentence> trouble() {
        return Optional.of(trouble).filter(known -> !known.isEmpty());
    }

    /** @throws ClockWrong when nothing may be signed or taken in now */
    public void requireRight() throws ClockWrong {
        if (!trouble.isEmpty()) {
            throw new ClockWrong(trouble);
        }
    }
}
