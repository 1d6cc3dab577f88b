package uz.koprik.gateway.centre;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.gateway.config.Home;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.store.Provenance;
import uz.koprik.indicators.store.journal.JournalDates;

/**
 * When objects of a file were first seen. Only that decides whether a signature counts whose key was compromised, or
 * whose centre was removed.
 */
public interface FirstSeen {

    /**
     * The moments for some objects, by id and digest as {@link #key} joins them; nothing for an object that nobody saw.
     */
    Map<String, Instant> of(List<StixObject> objects) throws IOException;

    /** What distinguishes one content of an object. */
    static String key(StixObject object) {
        return object.id() + " " + object.digest();
    }

    /** The journal of a home whose store is on disk; without one, nothing was ever seen. */
    static FirstSeen in(Home home) {
        return objects -> {
            if (!Files.exists(home.config())) {
                return Map.of();
            }
            try {
                Config config = ConfigFile.read(home.config());
                Path journal = home.data(config).resolve("journal");
                return config.store().kind() == Config.StoreKind.LUCENE && Files.isDirectory(journal)
                        ? read(journal, objects)
                        : Map.of();
            } catch (ConfigException unusable) {
                throw new IOException(unusable.getMessage(), unusable);
            }
        };
    }

    private static Map<String, Instant> read(Path journal, List<StixObject> objects) throws IOException {
        Set<String> digests = objects.stream().map(StixObject::digest).collect(Collectors.toUnmodifiableSet());
        Map<String, List<JournalDates.Seen>> seen = JournalDates.read(journal, digests);
        return objects.stream()
                .filter(object -> first(object, seen).isPresent())
                .collect(Collectors.toUnmodifiableMap(
                        FirstSeen::key, object -> first(object, seen).orElseThrow(), (one, same) -> one));
    }

    /** The first entry that the same keys had signed. */
    private static Optional<Instant> first(StixObject object, Map<String, List<JournalDates.Seen>> seen) {
        Set<String> kids = SignerKids.of(object);
        return seen.getOrDefault(object.digest(), List.of()).stream()
                .filter(entry -> entry.provenance().signers().stream()
                        .map(Provenance.Signer::kid)
                        .anyMatch(kids::contains))
                .map(entry -> Instant.ofEpochSecond(entry.added() / 1_000_000, entry.added() % 1_000_000 * 1000))
                .findFirst();
    }
}
