package uz.koprik.gateway.sources;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.concurrent.Backoff;
import uz.koprik.indicators.wording.Sentence;

/**
 * How the tries to read a feed went.
 *
 * @param attempt when the feed was last tried
 * @param success when it was last read whole
 * @param failing since the last success; empty when the last try was one
 */
record SourceHealth(Optional<Instant> attempt, Optional<Instant> success, Optional<Failing> failing) {

    /** The longest wait after the first failure. */
    private static final Duration FIRST = Duration.ofMinutes(1);

    /** The longest wait after many failures, unless the interval of the feed is longer. */
    private static final Duration MOST = Duration.ofHours(1);

    /** A server does not decide that it is never asked again. */
    private static final Duration MOST_WISHED = Duration.ofDays(7);

    static final SourceHealth NEW = new SourceHealth(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * Failures in succession.
     *
     * @param since the first of them
     * @param trouble why the last of them happened
     * @param shrunk whether it waits for an operator
     * @param count how many there were
     * @param next when the feed is tried again
     */
    record Failing(Instant since, Sentence trouble, boolean shrunk, int count, Instant next) {

        /** Why the last of them happened, in words. */
        String error() {
            return trouble.text();
        }
    }

    /** How many tries failed in succession. */
    int failures() {
        return failing.map(Failing::count).orElse(0);
    }

    /** One more failure. */
    SourceHealth failed(Instant now, Sentence trouble, boolean shrunk, Duration pause) {
        return new SourceHealth(
                Optional.of(now),
                success,
                Optional.of(new Failing(
                        failing.map(Failing::since).orElse(now), trouble, shrunk, failures() + 1, now.plus(pause))));
    }

    SourceHealth succeeded(Instant now) {
        return new SourceHealth(Optional.of(now), Optional.of(now), Optional.empty());
    }

    /** When the feed is tried again; empty when it was never tried. */
    Optional<Instant> next(Duration interval) {
        return failing.map(Failing::next).or(() -> attempt.map(at -> at.plus(interval)));
    }

    /**
     * The wait: doubled with each failure, with jitter, and not shorter than the server wishes.
     *
     * @param failures in succession, at least 1
     * @param interval of the feed
     * @param wished how long the server asks to wait
     */
    static Duration pause(int failures, Duration interval, Optional<Duration> wished, RandomGenerator random) {
        Duration own = Backoff.after(failures, shorter(FIRST, interval), longer(MOST, interval), random);
        return wished.map(wish -> longer(shorter(wish, MOST_WISHED), own)).orElse(own);
    }

    /** Longer than any wait that is planned: a later moment is due to a clock that was wrong. */
    static Duration longestPause(Duration interval) {
        return longer(MOST_WISHED, interval);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    void write(JsonObject.Builder json) {
        failing.map(Failing::trouble).orElse(Sentence.NONE).write(json, "error");
        json.put("shrunk", failing.filter(Failing::shrunk).isPresent()).put("failures", failures());
        attempt.ifPresent(at -> json.put("attempt", at.toString()));
        success.ifPresent(at -> json.put("success", at.toString()));
        failing.ifPresent(one -> json.put("failing_since", one.since().toString())
                .put("next_attempt", one.next().toString()));
    }

    /** Of a paper of any version: earlier ones neither counted failures nor planned the next try. */
    static SourceHealth read(JsonObject json) {
        Optional<Instant> attempt = json.string("attempt").map(Instant::parse);
        Optional<Instant> since = json.string("failing_since").map(Instant::parse);
        boolean shrunk = json.get("shrunk") instanceof JsonBoolean flag && flag.value();
        return new SourceHealth(
                attempt,
                json.string("success").map(Instant::parse),
                Optional.of(Sentence.read(json, "error"))
                        .filter(trouble -> !trouble.isEmpty())
                        .map(trouble -> {
                            Instant begun = since.or(() -> attempt).orElse(Instant.EPOCH);
                            return new Failing(
                                    begun,
                                    trouble,
                                    shrunk,
                                    (int) Math.max(1, SourceFigures.number(json, "failures")),
                                    json.string("next_attempt")
                                            .map(Instant::parse)
                                            .orElse(begun));
                        }));
    }
}
