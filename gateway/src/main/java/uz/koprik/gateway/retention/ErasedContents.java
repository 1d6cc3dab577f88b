package uz.koprik.gateway.retention;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.config.SecretFile;
import uz.koprik.indicators.store.ErasedVersion;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Takes the content of erased objects out of everything besides the store: files of this home, papers of the centre,
 * and memory. Each gateway does it for itself, also for what another one erased. It does it again for a while, for what
 * was on its way when the store erased it.
 */
public final class ErasedContents {

    private static final Logger LOG = LoggerFactory.getLogger(ErasedContents.class);

    /** For this time something that was read before the erasure can still be written. */
    private static final Duration ON_ITS_WAY = Duration.ofMinutes(5);

    /** Objects that are read at once. */
    private static final int READ = 1000;

    private final InternalStore store;
    private final RetentionPapers papers;
    private final Path file;
    private final List<Place> places;
    private final InstantSource clock;

    /** Something that can hold content of objects. */
    @FunctionalInterface
    public interface Place {

        /**
         * Takes the content out, durably; changes nothing when there is none.
         *
         * @param ids of the objects
         * @param digests of all their versions
         * @param at when they were erased
         */
        void erase(Collection<String> ids, Collection<String> digests, Instant at) throws StoreUnavailable, IOException;
    }

    /** @param file notes in this home what was done here; made when it is missing, and then all is done again */
    ErasedContents(InternalStore store, RetentionPapers papers, Path file, List<Place> places, InstantSource clock) {
        this.store = store;
        this.papers = papers;
        this.file = file;
        this.places = List.copyOf(places);
        this.clock = clock;
    }

    /** Does what is not done here yet. Blocks; call it now and then. */
    synchronized void look() throws StoreUnavailable, IOException {
        List<String> all = papers.batchIds();
        Set<String> done = new TreeSet<>(done());
        Set<String> before = Set.copyOf(done);
        done.retainAll(all);
        for (List<String> part : RetentionPapers.parts(
                all.stream().filter(id -> !before.contains(id)).toList())) {
            List<ErasureBatch> batches =
                    papers.batches(part).stream().filter(ErasureBatch::done).toList();
            erase(batches);
            batches.stream()
                    .filter(batch -> clock.instant().isAfter(batch.at().plus(ON_ITS_WAY)))
                    .forEach(batch -> done.add(batch.id()));
        }
        if (!done.equals(before)) {
            SecretFile.replace(
                    file,
                    CanonicalJson.bytes(
                            JsonObject.builder().putStrings("batches", done).build()));
        }
    }

    /** Does it at once for batches that the store has erased. Those of one moment cost as much as one. */
    synchronized void erase(List<ErasureBatch> batches) throws StoreUnavailable, IOException {
        Map<Instant, List<String>> byMoment = new TreeMap<>();
        batches.stream().filter(batch -> !batch.objects().isEmpty()).forEach(batch -> byMoment.computeIfAbsent(
                        batch.at(), at -> new ArrayList<>())
                .addAll(batch.objects()));
        for (Map.Entry<Instant, List<String>> moment : byMoment.entrySet()) {
            List<String> digests = digests(moment.getValue());
            for (Place place : places) {
                place.erase(moment.getValue(), digests, moment.getKey());
            }
        }
    }

    /** The digests of all versions that were erased. */
    private List<String> digests(List<String> ids) throws StoreUnavailable {
        List<String> digests = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += READ) {
            store.erasures(ids.subList(from, Math.min(ids.size(), from + READ))).values().stream()
                    .flatMap(erasure -> erasure.versions().stream())
                    .map(ErasedVersion::digest)
                    .forEach(digests::add);
        }
        return digests;
    }

    private Set<String> done() throws IOException {
        Set<String> ids = new TreeSet<>();
        try {
            StrictJson.parseObject(Files.readAllBytes(file)).items("batches").forEach(item -> {
                if (item instanceof JsonString id) {
                    ids.add(id.value());
                }
            });
        } catch (NoSuchFileException none) {
            return Set.of();
        } catch (MalformedJson damaged) {
            LOG.warn("{} is damaged, so that what was erased is looked for in this home again", file);
            return Set.of();
        }
        return ids;
    }
}
