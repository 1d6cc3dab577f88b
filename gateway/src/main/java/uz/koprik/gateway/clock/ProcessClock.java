package uz.koprik.gateway.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The clock of this process: that of the machine. For tests and rehearsals, {@code KOPRIK_CLOCK_OFFSET} in the
 * environment moves it, or the system property {@code koprik.clock.offset}. Signatures then have false times, so the
 * offset is refused unless {@code KOPRIK_CLOCK_REHEARSAL=yes} (property {@code koprik.clock.rehearsal}) says that this
 * is a rehearsal.
 */
public final class ProcessClock {

    /** Environment variable of the offset, such as {@code 400d}, {@code -36h} or {@code 90m}. */
    public static final String OFFSET = "KOPRIK_CLOCK_OFFSET";

    /** Environment variable that allows an offset. */
    public static final String REHEARSAL = "KOPRIK_CLOCK_REHEARSAL";

    private static final Pattern FORM = Pattern.compile("([+-]?)(\\d{1,9})([dhms])");

    private ProcessClock() {}

    /**
     * The clock by which everything goes that this process decides and signs.
     *
     * @throws ClockNotAllowed when an offset is set and not allowed, or not understood
     */
    public static InstantSource get() throws ClockNotAllowed {
        Duration offset = offset();
        return offset.isZero() ? InstantSource.system() : () -> Instant.now().plus(offset);
    }

    /**
     * By how much the clock is moved; zero outside of rehearsals.
     *
     * @throws ClockNotAllowed as {@link #get}
     */
    public static Duration offset() throws ClockNotAllowed {
        return offset(ProcessClock::property, System.getenv());
    }

    /** The property for a variable: {@code koprik.clock.offset} for {@code KOPRIK_CLOCK_OFFSET}. */
    private static String property(String variable) {
        return System.getProperty(variable.toLowerCase(Locale.ROOT).replace('_', '.'));
    }

    static Duration offset(UnaryOperator<String> properties, Map<String, String> environment) throws ClockNotAllowed {
        Optional<String> text = value(OFFSET, properties, environment);
        if (text.isEmpty()) {
            return Duration.ZERO;
        }
        if (!value(REHEARSAL, properties, environment).equals(Optional.of("yes"))) {
            throw new ClockNotAllowed(OFFSET + " moves the clock of this process, so that signatures have false times;"
                    + " it is for rehearsals only: unset it, or allow it by " + REHEARSAL + "=yes");
        }
        Matcher matcher = FORM.matcher(text.get());
        if (!matcher.matches()) {
            throw new ClockNotAllowed(OFFSET + " must be a number and d, h, m or s, such as 400d or -36h");
        }
        long number = Long.parseLong(matcher.group(2));
        Duration size =
                switch (matcher.group(3)) {
                    case "d" -> Duration.ofDays(number);
                    case "h" -> Duration.ofHours(number);
                    case "m" -> Duration.ofMinutes(number);
                    default -> Duration.ofSeconds(number);
                };
        return matcher.group(1).equals("-") ? size.negated() : size;
    }

    private static Optional<String> value(
            String variable, UnaryOperator<String> properties, Map<String, String> environment) {
        String property = properties.apply(variable);
        return Optional.ofNullable(property != null ? property : environment.get(variable))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }
}
