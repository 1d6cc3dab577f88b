package uz.koprik.indicators.store.elasticsearch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.journal.JournalRecord;

/** Fills a log with records that are judged and placed already; nobody opens it until it is finished. */
final class Reindexer {

    private final CommitLog log;
    private final LogDocument founding;
    private final int groupBytes;
    private final String writer = UUID.randomUUID().toString();
    private final ByteArrayOutputStream payload = new ByteArrayOutputStream();
    private final long there;
    private long waiting;
    private long number;
    private long records;
    private String lastAttempt;

    private Reindexer(CommitLog log, LogDocument founding, LogDocument last, int groupBytes) {
        this.log = log;
        this.founding = founding;
        this.groupBytes = groupBytes;
        this.there = last.records();
        this.number = last.number();
        this.records = last.records();
        this.lastAttempt = last.attempt();
    }

    /**
     * Begins, or goes on where another run was broken off.
     *
     * @throws IOException when a store is there that is not being filled, or is and may not be filled further
     */
    static Reindexer begin(CommitLog log, int groupBytes, boolean goOn) throws IOException, StoreUnavailable {
        LogDocument founding = StoreFoundation.founding(StoreFoundation.FILLING);
        if (log.create(founding)) {
            return new Reindexer(log, founding, founding, groupBytes);
        }
        LogDocument there = log.find(0).map(CommitLog.FoundCommit::commit).orElse(founding);
        if (!goOn || !there.writer().equals(StoreFoundation.FILLING)) {
            throw new IOException("there is a store under this prefix already: choose another, or delete its indices");
        }
        return new Reindexer(log, there, log.last().orElse(there), groupBytes);
    }

    /** How many records were there before. */
    long there() {
        return there;
    }

    /** Adds one record. */
    void take(ByteBuffer segment, int offset) throws IOException {
        byte[] record = new byte[JournalRecord.end(segment, offset) - offset];
        segment.get(offset, record);
        JournalRecord.seal(record, 0);
        payload.write(record);
        waiting++;
        if (payload.size() >= groupBytes) {
            flush();
        }
    }

    /** Writes what waits; returns the number of the last commit. */
    long flush() throws IOException {
        if (waiting > 0) {
            LogDocument commit = new LogDocument(
                    number + 1,
                    writer,
                    UUID.randomUUID().toString(),
                    lastAttempt,
                    0,
                    records + waiting,
                    payload.size(),
                    payload.toByteArray());
            try {
                if (!log.create(commit)) {
                    throw new IOException(
                            "somebody else writes to this store: commit " + commit.number() + " is there already");
                }
            } catch (StoreUnavailable unavailable) {
                throw new IOException(unavailable.getMessage(), unavailable);
            }
            number++;
            records += waiting;
            lastAttempt = commit.attempt();
            waiting = 0;
            payload.reset();
        }
        return number;
    }

    /** Opens the store to all. */
    void finish() throws StoreUnavailable {
        log.replace(new LogDocument(0, StoreFoundation.READY, founding.attempt(), "", 0, 0, 0, new byte[0]));
    }
}
