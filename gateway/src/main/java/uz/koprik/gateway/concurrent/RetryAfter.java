package uz.koprik.gateway.concurrent;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** How long a server asks its clients to wait: {@code Retry-After} (RFC 9110, section 10.2.3). */
public final class RetryAfter {

    private RetryAfter() {}

    /**
     * The wait that a field states.
     *
     * @param field seconds or a date; null or empty when the answer has none
     * @param now the moment from which a date counts
     * @return empty when the field states no wait; zero for a date in the past
     */
    public static Optional<Duration> delay(String field, Instant now) {
        if (field == null || field.isBlank()) {
            return Optional.empty();
        }
        String text = field.strip();
        try {
            if (text.matches("\\d{1,9}")) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
            }
            Duration until = Duration.between(
                    now,
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
            return Optional.of(until.isNegative() ? Duration.ZERO : until);
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }
}
