package uz.koprik.gateway.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Holds the files of a home against its manifest, and against what every home needs. */
public final class HomeFiles {

    /** Files that every centre needs, with any manifest, and their minimum lengths. */
    private static final Map<String, Long> NEEDED = Map.of(
            "accounts.json",
            2L,
            "trust.json",
            2L,
            "trust.json.sequence",
            1L,
            "keys/centre.p12",
            1L,
            "keys/card.key",
            32L,
            "keys/cursor.key",
            16L,
            "cards/own.json",
            2L,
            "tls.pem",
            1L);

    /** What of the files a centre keeps must be there and as it left them. */
    private static final String OWED =
            "state/alerts/(subscriptions\\.json|marks\\.key)|state/(searches|second-factors|agreements|recalls|retention)/.*";

    /** After the loss of its end, the alert log emits alerts again; a missing log would begin with new objects. */
    private static final String LOGS = "state/(alerts/alerts-\\d+\\.log|alerts\\.log/\\d+|alerts\\.state)";

    /**
     * Without its position, a feed starts again and requests known objects once more; a wrong position would skip
     * objects.
     */
    private static final String POSITIONS = "state/partners/.*";

    /** What a finding means. */
    public enum Weight {
        /** The centre must not start. */
        REFUSED,
        /** Something is lost or wrong; the centre continues without it. */
        WARNING,
        /** Worth a line. */
        NOTE
    }

    /**
     * Something that is not as it should be.
     *
     * @param file seen from the home
     * @param sentence what is wrong with it, and what to do
     */
    public record Finding(Weight weight, String file, String sentence) {

        @Override
        public String toString() {
            return file + ": " + sentence;
        }
    }

    private static final String RESTORE =
            "; restore it from a backup, or, when you changed it knowingly, run `koprik doctor --record`";

    private final Path root;
    private final HomeManifest manifest;
    private final boolean passphraseElsewhere;

    /** @param passphraseElsewhere whether the environment holds the passphrase, so that no file need do */
    public HomeFiles(Home home, boolean passphraseElsewhere) {
        this.root = home.root();
        this.manifest = new HomeManifest(home);
        this.passphraseElsewhere = passphraseElsewhere;
    }

    /** Looks at all files; changes nothing. */
    public List<Finding> check(Optional<HomeManifest.Content> content) throws IOException {
        List<Finding> found = new ArrayList<>();
        Set<String> names = new TreeSet<>(NEEDED.keySet());
        content.ifPresent(known -> names.addAll(known.files().keySet()));
        if (!passphraseElsewhere) {
            names.add("keys/passphrase");
        }
        for (String name : names) {
            Optional<HomeManifest.Entry> expected =
                    content.map(known -> known.files().get(name));
            checkFile(
                            name,
                            expected,
                            content.map(known -> known.changing().contains(name))
                                    .orElse(false))
                    .ifPresent(found::add);
        }
        if (found.stream().noneMatch(finding -> finding.file().equals("trust.json.sequence"))) {
            checkSequence(content).ifPresent(found::add);
        }
        if (content.isPresent() && content.get().kept().isPresent()) {
            checkKept(content.get().kept().get(), found);
        }
        return found;
    }

    private Optional<Finding> checkFile(String name, Optional<HomeManifest.Entry> expected, boolean changing)
            throws IOException {
        Optional<HomeManifest.Entry> there = manifest.entry(name);
        if (there.isEmpty()) {
            if (name.equals("keys/passphrase") && passphraseElsewhere) {
                return Optional.of(new Finding(Weight.NOTE, name, "is not there; KOPRIK_PASSPHRASE is used"));
            }
            return refused(name, "is missing" + RESTORE);
        }
        long length = there.get().length();
        if (length == 0) {
            return refused(name, "is empty" + RESTORE);
        }
        if (length < NEEDED.getOrDefault(name, 1L)) {
            return refused(
                    name,
                    "has " + length + " bytes, at least " + NEEDED.get(name) + " are needed: it was cut short"
                            + RESTORE);
        }
        if (expected.isEmpty()
                || HomeManifest.PROVEN.contains(name)
                || expected.get().equals(there.get())) {
            return Optional.empty();
        }
        if (changing) {
            return Optional.of(new Finding(
                    Weight.WARNING,
                    name,
                    "a command ended while it replaced this file; the file is taken as it is now"));
        }
        String lengths = length == expected.get().length()
                ? ""
                : " (" + expected.get().length() + " bytes then, " + length + " now)";
        if (HomeManifest.EDITED.contains(name)) {
            return Optional.of(new Finding(Weight.NOTE, name, "was changed by hand since the last start" + lengths));
        }
        return refused(name, "is not as Koprik last wrote it" + lengths + RESTORE);
    }

    private static Optional<Finding> refused(String name, String sentence) {
        return Optional.of(new Finding(Weight.REFUSED, name, sentence));
    }

    private Optional<Finding> checkSequence(Optional<HomeManifest.Content> content) throws IOException {
        long known = content.map(now -> now.number(HomeManifest.TRUST_SEQUENCE)).orElse(0L);
        Optional<Long> there = trustSequence(root);
        if (there.isEmpty()) {
            return refused(
                    "trust.json.sequence",
                    "does not hold a sequence number; restore it from a backup together with trust.json");
        }
        return there.get() < known
                ? refused(
                        "trust.json.sequence",
                        "holds number " + there.get() + ", but a trust list with number " + known
                                + " was in use before: somebody put an old file back; restore trust.json and trust.json.sequence of number "
                                + known + " or later")
                : Optional.empty();
    }

    /** The number in {@code trust.json.sequence}; empty when there is none. */
    public static Optional<Long> trustSequence(Path root) throws IOException {
        Path file = root.resolve("trust.json.sequence");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
        return text.matches("\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    private void checkKept(Map<String, HomeManifest.Entry> expected, List<Finding> found) throws IOException {
        Map<String, HomeManifest.Entry> there = manifest.kept();
        expected.forEach((name, entry) -> {
            if (!entry.equals(there.get(name))) {
                String what = there.containsKey(name)
                        ? "is not as the centre left it when it stopped"
                        : "was removed since the centre stopped";
                if (name.matches(OWED) || (name.matches(LOGS) && !there.containsKey(name))) {
                    found.add(new Finding(Weight.REFUSED, name, what + RESTORE));
                } else if (name.matches(LOGS)) {
                    found.add(new Finding(
                            Weight.WARNING, name, what + "; alerts that were last in it are emitted again"));
                } else if (name.matches(POSITIONS) && there.containsKey(name)) {
                    found.add(new Finding(Weight.WARNING, name, what + "; the exchange with this partner begins anew"));
                } else {
                    found.add(new Finding(Weight.WARNING, name, what + "; the centre goes on without what it held"));
                }
            }
        });
    }

    /** Sets aside the positions of feeds that cannot be relied on. */
    public void setAside(List<Finding> findings) throws IOException {
        for (Finding finding : findings) {
            Path file = root.resolve(finding.file());
            if (finding.file().matches(POSITIONS) && Files.exists(file)) {
                Files.move(
                        file,
                        file.resolveSibling(file.getFileName() + ".damaged"),
                        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
