package uz.koprik.indicators.store.elasticsearch;

import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.elasticsearch.client.ClusterRefused;

/** Founds a store in an empty log, and finds the founding of one that is there. */
final class StoreFoundation {

    /** Instead of a writer, while a store is being filled from a snapshot or another store. */
    static final String FILLING = "filling";

    static final String READY = "ready";

    private StoreFoundation() {}

    /** The founding of the store, made if there is none. */
    static LogDocument founding(CommitLog log) throws StoreUnavailable, IOException {
        Optional<LogDocument> there = log.find(0).map(CommitLog.FoundCommit::commit);
        if (there.isEmpty()) {
            log.create(founding(READY));
            there = log.find(0).map(CommitLog.FoundCommit::commit);
        }
        LogDocument founding = there.orElseThrow(
                () -> new StoreUnavailable("the log has no beginning though one was just made", null));
        if (founding.writer().equals(FILLING)) {
            throw new ClusterRefused(
                    "the store is being filled from a snapshot or another store, or that was broken off:"
                            + " finish it, or choose another prefix",
                    null);
        }
        return founding;
    }

    static LogDocument founding(String state) {
        return new LogDocument(0, state, UUID.randomUUID().toString(), "", 0, 0, 0, new byte[0]);
    }
}
