package uz.koprik.gateway.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import uz.koprik.gateway.auth.Account;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.config.HomeManifest;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.lucene.CommitStamp;

/** Defects of files: settings, modes, the store, accounts. */
final class HomeDefects {

    static final List<Defect> ALL = List.of(
            Defect.error(
                    "a mistake in koprik.yaml",
                    "settings",
                    "koprik.yaml",
                    "correct that line",
                    patient -> patient.setting("level", "loud")),
            Defect.error(
                    "a home of a later version",
                    "format",
                    "has format 99",
                    "install that version again",
                    patient -> new HomeManifest(patient.home()).atLeast(Map.of(HomeManifest.FORMAT, 99L))),
            Defect.error(
                    "others may read keys",
                    "permissions",
                    "others than its owner may use it",
                    "run: chmod 700",
                    patient -> patient.mode(patient.home().keys(), "rwxr-x---")),
            Defect.warning(
                    "others may read the state",
                    "permissions",
                    "can be used by others than the owner",
                    "run: chmod -R go=",
                    patient -> patient.mode(patient.home().state(), "rwxr-xr-x")),
            Defect.error(
                    "accounts.json was edited",
                    "files",
                    "accounts.json: is not as Koprik last wrote it",
                    "koprik doctor --record",
                    patient -> patient.write(
                            "accounts.json",
                            Files.readString(patient.home().accounts()).replace("admin", "nimda"))),
            Defect.error(
                    "a line of the access record was changed",
                    "access record",
                    "does not follow entry",
                    "koprik access verify",
                    patient -> patient.write(
                            "access/gateway/000000000001.jsonl",
                            Files.readString(patient.home().access().resolve("gateway/000000000001.jsonl"))
                                    .replace("account ", "account x"))),
            Defect.error(
                    "the journal was cut",
                    "store",
                    "journal",
                    "koprik restore",
                    patient -> cut(patient.home().root().resolve("data/journal"))),
            Defect.warning(
                    "the mark of the journal is damaged",
                    "store",
                    "data/mark",
                    "start the centre",
                    patient -> patient.write("data/mark", "?")),
            Defect.warning(
                    "the index is missing",
                    "index",
                    "it is missing",
                    "start the centre",
                    patient -> clear(patient.home().root().resolve("data/index"))),
            Defect.warning(
                    "the index has an older layout",
                    "index",
                    "the layout of another version",
                    "start the centre",
                    patient -> stamp(patient, "layout", "1")),
            Defect.warning(
                    "the index has older readings of values",
                    "index",
                    "another version of this program read the values",
                    "start the centre",
                    patient -> stamp(patient, "reading", "0")),
            Defect.warning(
                    "a token has expired",
                    "accounts",
                    "the token \"feed\" of siem ended at",
                    "koprik account token siem --label \"feed\" --revoke",
                    patient -> patient.account(
                            siem(Duration.ofDays(40), Optional.of(Instant.now().minusSeconds(3600))))),
            Defect.warning(
                    "a token without end is old",
                    "accounts",
                    "has no end",
                    "--days 365",
                    patient -> patient.account(siem(Duration.ofDays(400), Optional.empty()))),
            Defect.warning(
                    "a one-time password was never replaced",
                    "accounts",
                    "admin has not replaced its one-time password",
                    "koprik account passwd admin",
                    patient -> patient.clockAhead(Duration.ofDays(20))),
            Defect.warning(
                    "warning lists are old", "warning lists", "the newest of 1 lists", "put newer lists", patient -> {
                        patient.write(
                                "warning-lists/one/list.json",
                                "{\"name\":\"N\",\"version\":1,\"description\":\"D\",\"type\":\"hostname\","
                                        + "\"matching_attributes\":[\"domain\"],\"list\":[\"example.com\"]}");
                        patient.older(patient.home().root().resolve("warning-lists"), Duration.ofDays(200));
                    }),
            Defect.error(
                    "a warning list is damaged",
                    "warning lists",
                    "none are in force",
                    "correct or remove that file",
                    patient -> patient.write("warning-lists/one/list.json", "{")),
            Defect.warning(
                    "there is no backup",
                    "backups",
                    "there is none",
                    "koprik backup",
                    patient -> clear(patient.home().root().resolve("backups"))),
            Defect.warning(
                    "the last backup is old",
                    "backups",
                    "the newest is of",
                    "koprik backup",
                    patient -> patient.older(patient.home().root().resolve("backups"), Duration.ofDays(9))));

    private HomeDefects() {}

    private static Account siem(Duration age, Optional<Instant> end) {
        Instant made = Instant.now().minus(age);
        Account.Token token = new Account.Token("feed", "0".repeat(64), made, end);
        return new Account("siem", Role.READER, Tlp.GREEN, Optional.empty(), false, List.of(token), made);
    }

    private static void cut(Path journal) throws Exception {
        try (Stream<Path> files = Files.list(journal)) {
            Path last = files.sorted().reduce((one, other) -> other).orElseThrow();
            byte[] bytes = Files.readAllBytes(last);
            int end = bytes.length; // files of the journal are longer than what they hold
            while (bytes[end - 1] == 0) {
                end--;
            }
            Files.write(last, Arrays.copyOf(bytes, end - 10));
        }
    }

    private static void clear(Path folder) throws Exception {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Lets the last commit of the index say something else. */
    private static void stamp(Patient patient, String name, String value) throws Exception {
        CommitStamp.set(patient.home().root().resolve("data/index"), name, value);
    }
}
