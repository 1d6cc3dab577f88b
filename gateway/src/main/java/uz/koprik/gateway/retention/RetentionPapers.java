package uz.koprik.gateway.retention;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * The record of erasures: a paper of the state store per batch and per run, so that gateways share them and backups
 * have them. Safe for use by many threads at once; all methods block.
 */
final class RetentionPapers {

    static final String BATCHES = "retention/batches/";
    static final String RUNS = "retention/runs/";

    /** Objects of one batch: more of them are several batches, as a paper has to fit into a document of a cluster. */
    static final int MOST = 10_000;

    /** Batches that are read at once. */
    private static final int READ = 10;

    private static final String SUFFIX = ".json";
    private static final DateTimeFormatter SORTED =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final StateStore papers;

    RetentionPapers(StateStore papers) {
        this.papers = papers;
    }

    private static String id(Instant moment) {
        return SORTED.format(moment) + '-' + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Notes that erasure of these objects begins; durable when this returns. */
    ErasureBatch begin(String rule, String by, Instant now, List<String> objects) throws StoreUnavailable {
        ErasureBatch batch = new ErasureBatch(id(now), rule, by, now, false, objects);
        papers.replace(BATCHES + batch.id() + SUFFIX, "", batch.write());
        return batch;
    }

    /** Notes that the store has erased them. */
    ErasureBatch finish(ErasureBatch batch, Instant now) throws StoreUnavailable {
        String name = BATCHES + batch.id() + SUFFIX;
        ErasureBatch done = batch.finished(now);
        papers.replace(name, papers.read(name).map(StateStore.Paper::version).orElse(""), done.write());
        return done;
    }

    /** Ids of all batches, the earliest first. */
    List<String> batchIds() throws StoreUnavailable {
        return papers.names(BATCHES).stream()
                .map(name -> name.substring(BATCHES.length(), name.length() - SUFFIX.length()))
                .toList();
    }

    /** The same ids in parts, each of which may be in memory as batches. */
    static List<List<String>> parts(List<String> ids) {
        List<List<String>> parts = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += READ) {
            parts.add(ids.subList(from, Math.min(ids.size(), from + READ)));
        }
        return parts;
    }

    /** The batches of these ids, without those that are damaged. */
    List<ErasureBatch> batches(Collection<String> ids) throws StoreUnavailable {
        List<ErasureBatch> found = new ArrayList<>();
        for (StateStore.Paper paper :
                papers.read(ids.stream().map(id -> BATCHES + id + SUFFIX).toList())) {
            ErasureBatch.read(paper.content()).ifPresent(found::add);
        }
        return found;
    }

    /** Keeps the record of a run for ever. */
    void add(RetentionRun run) throws StoreUnavailable {
        papers.replace(RUNS + id(run.ended()) + SUFFIX, "", run.write());
    }

    /** The last runs, the latest first, at most {@code limit}. */
    List<RetentionRun> runs(int limit) throws StoreUnavailable {
        List<String> names = papers.names(RUNS);
        List<RetentionRun> runs = new ArrayList<>();
        for (StateStore.Paper paper : papers.read(
                names.subList(Math.max(0, names.size() - limit), names.size()).reversed())) {
            RetentionRun.read(paper.content()).ifPresent(runs::add);
        }
        return runs;
    }

    /** The last daily run; empty when there was none. */
    Optional<RetentionRun> lastDaily() throws StoreUnavailable {
        for (String name : papers.names(RUNS).reversed()) {
            Optional<RetentionRun> run = papers.read(name).flatMap(paper -> RetentionRun.read(paper.content()));
            if (run.filter(one -> one.by().isEmpty()).isPresent()) {
                return run;
            }
        }
        return Optional.empty();
    }
}
