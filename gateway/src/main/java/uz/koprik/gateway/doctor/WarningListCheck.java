package uz.koprik.gateway.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.indicators.warninglist.InvalidWarningList;
import uz.koprik.indicators.warninglist.WarningListReader;

/** Warning lists can be read, and were renewed in the last months. */
final class WarningListCheck implements DoctorCheck {

    private static final Duration OLD = Duration.ofDays(180);

    @Override
    public String what() {
        return "warning lists";
    }

    @Override
    public List<Finding> look(Examined examined) throws IOException, ConfigException {
        Path folder = examined.home().warningLists(examined.config());
        if (!Files.isDirectory(folder)) {
            return List.of(Finding.ok(what(), "there are none in " + folder + ": values of everybody are correlated"));
        }
        int lists;
        try {
            lists = WarningListReader.folder(folder).size();
        } catch (InvalidWarningList | IllegalArgumentException broken) {
            return List.of(Finding.error(
                    what(),
                    "none are in force after a start: " + broken.getMessage(),
                    "correct or remove that file in " + folder));
        }
        if (lists == 0) {
            return List.of(Finding.ok(what(), folder + " is empty: values of everybody are correlated"));
        }
        Instant newest = Instant.EPOCH;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Instant at = Files.getLastModifiedTime(file).toInstant();
                newest = at.isAfter(newest) ? at : newest;
            }
        }
        return List.of(
                newest.plus(OLD).isAfter(examined.now())
                        ? Finding.ok(what(), lists + " lists, the newest of " + newest)
                        : Finding.warning(
                                what(),
                                "the newest of " + lists + " lists is of " + newest
                                        + ", so addresses of big services that came since are correlated",
                                "put newer lists of MISP into " + folder + "; a running centre reads them by itself"));
    }
}
