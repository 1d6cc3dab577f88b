package uz.koprik.gateway.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.gateway.centre.StartFailure;
import uz.koprik.gateway.clock.ClockGuard;
import uz.koprik.gateway.config.ConfigException;

/** The clock can be right: later than what was written, and like those of partners. */
final class ClockCheck implements DoctorCheck {

    private static final Duration MAY_DIFFER = Duration.ofMinutes(5);
    private static final Duration PARTNERS_MAY_DIFFER = Duration.ofMinutes(1);
    private static final String TIME_SERVICE = "set the clock right, and let a time service such as chrony keep it";

    @Override
    public String what() {
        return "clock";
    }

    @Override
    public List<Finding> look(Examined examined) throws IOException, ConfigException, StartFailure, TrustListRejected {
        Instant now = examined.now();
        List<Finding> found = new ArrayList<>();
        written(examined, now, found);
        List<PartnerAnswer> away = examined.answers().stream()
                .filter(answer -> answer.ahead()
                        .filter(ahead -> ahead.abs().compareTo(PARTNERS_MAY_DIFFER) > 0)
                        .isPresent())
                .toList();
        long compared = examined.answers().stream()
                .filter(answer -> answer.ahead().isPresent())
                .count();
        for (PartnerAnswer one : away) {
            long seconds = one.ahead().orElseThrow().toSeconds();
            found.add(new Finding(
                    away.size() > 1 && away.size() == compared ? Finding.Level.ERROR : Finding.Level.WARNING,
                    what(),
                    "the clock of " + one.name() + " is " + Math.abs(seconds) + " s "
                            + (seconds > 0 ? "ahead of" : "later than") + " this one, and only one of them is right",
                    TIME_SERVICE + "; if this one is right, ask the operators of " + one.name() + " to do so"));
        }
        if (found.isEmpty()) {
            found.add(Finding.ok(what(), now + ", compared with " + compared + " partners"));
        }
        return found;
    }

    private void written(Examined examined, Instant now, List<Finding> found) throws IOException, ConfigException {
        Path journal = examined.home().data(examined.config()).resolve("journal");
        List<Path> files = new ArrayList<>(List.of(
                examined.home().config(),
                examined.home().trust(),
                examined.home().manifest()));
        Optional<Instant> last = Optional.empty();
        if (examined.ownStore() && Files.isDirectory(journal)) {
            try (Stream<Path> segments = Files.list(journal)) {
                for (Path segment : segments.toList()) {
                    files.add(segment);
                    Instant at = Files.getLastModifiedTime(segment).toInstant();
                    last = Optional.of(last.filter(at::isBefore).orElse(at));
                }
            }
        }
        for (Path file : files) {
            if (Files.exists(file)) {
                Instant at = Files.getLastModifiedTime(file).toInstant();
                if (at.isAfter(now.plus(MAY_DIFFER))) {
                    found.add(Finding.error(
                            what(),
                            "it says " + now + ", but " + file + " was written at " + at
                                    + ", so signatures and entries get wrong times",
                            TIME_SERVICE));
                    return;
                }
            }
        }
        if (last.filter(at -> now.isAfter(at.plus(ClockGuard.SINCE_LAST))).isPresent()) {
            found.add(Finding.warning(
                    what(),
                    "it says " + now + ", more than " + ClockGuard.SINCE_LAST.toDays()
                            + " days after the store was last written, so nothing is taken in after a start",
                    TIME_SERVICE + "; if it is right, start by `koprik serve --accept-clock` once"));
        }
    }
}
