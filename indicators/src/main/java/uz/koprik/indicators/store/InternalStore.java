package uz.koprik.indicators.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.ReleaseTerms;

/**
 * The one append-only sequence of a centre: what is written, and what is read without regard to who asks. For intake,
 * alerts, start and backup of the centre alone; answers are made from {@link Store}.
 *
 * <p>All methods block and may be called by any number of threads at once (callers run on virtual threads). What
 * {@link #append} acknowledged is durable and visible to every read that begins afterwards. A {@link StoreUnavailable}
 * means that nothing of the call was acknowledged; calling again later is safe, since appends of the same object are
 * recognised.
 */
public interface InternalStore extends Store, AutoCloseable {

    /**
     * Appends drafts in their order, all of them in one durable write, and returns when they survive {@code kill -9}.
     * Calls of many threads share one flush. Drafts of the same object within one batch are judged one after the other.
     *
     * @return one outcome a draft, in the same order
     */
    List<AppendResult> append(List<Draft> batch) throws StoreUnavailable;

    /**
     * Takes versions of an object out of every view, durably and for good; the entries stay in the sequence as
     * evidence. When the latest goes, the one before it that is still in view is the latest again. What was withdrawn
     * comes back only by a version higher than any withdrawn.
     *
     * @param reason in words, kept in the journal
     * @param by who asked for it
     * @return how many versions were withdrawn; 0 when there are none in view
     */
    default int withdraw(String id, Versions versions, String reason, String by) throws StoreUnavailable {
        return withdraw(id, versions, Audience.HOUSEKEEPING, reason, by);
    }

    /** The same for what {@code audience} is shown under the id; other statements of the id stay. */
    int withdraw(String id, Versions versions, Audience audience, String reason, String by) throws StoreUnavailable;

    /**
     * Takes these entries of one id out of every view, as {@link #withdraw(String, Versions, String, String)} does,
     * from all its statements.
     *
     * @param seqs their sequence numbers; those of other ids and those that are withdrawn already do not count
     * @return how many were withdrawn
     */
    int withdrawEntries(String id, Collection<Long> seqs, String reason, String by) throws StoreUnavailable;

    /**
     * Erases the content of all versions of these objects, of all their statements, in view or not. When this returns,
     * none of their bytes is in any file or index of the store, nor in a copy in memory, and the space is given back.
     * What stays is an {@link Erasure}. Reads and appends go on meanwhile; readers by sequence number pass over what
     * was erased. What was erased comes back only by a version higher than any erased ({@link AppendResult.Withdrawn}).
     *
     * <p>Files are written anew once for all orders of a call, however many objects they name: erase many by one call.
     *
     * <p>When the process ends in between, or this fails, nothing else is lost; the objects have left every view or
     * have not, and a repeated call, or the next opening, finishes what was begun. What was erased before stays as it
     * was.
     */
    void erase(List<ErasureOrder> orders) throws StoreUnavailable;

    /**
     * The same for one order.
     *
     * @return {@link #erasures} of these ids
     */
    default Map<String, Erasure> erase(Collection<String> ids, String rule, String by) throws StoreUnavailable {
        erase(List.of(new ErasureOrder(List.copyOf(ids), rule, by)));
        return erasures(ids);
    }

    /**
     * What stays of objects whose content was erased, by id.
     *
     * @return in the order of {@code ids}, without those of which nothing was erased
     */
    Map<String, Erasure> erasures(Collection<String> ids) throws StoreUnavailable;

    /** That the content of an object was erased, and what stays of it. */
    default Optional<Erasure> erasure(String id) throws StoreUnavailable {
        return Optional.ofNullable(erasures(List.of(id)).get(id));
    }

    /**
     * What would become of a draft if it were appended now. Other appends may come between.
     *
     * @return {@link AppendResult.NewEntry} with sequence number 0 when it would be stored
     */
    AppendResult foresee(Draft draft);

    /**
     * The entry in view that holds this very version of an object, as far as the claimant may know of it.
     *
     * @param digest {@link EntryMetadata#digest()}
     */
    Optional<Entry> duplicate(String id, long version, String digest, Claimant claimant) throws StoreUnavailable;

    /** Whether the entry at {@code seq} is not proven any more, see {@link #judgeSigners}. */
    boolean lostProof(long seq);

    /** Whether there is anything under an id, in view or not, for any reader. */
    boolean holds(String id) throws StoreUnavailable;

    /** The latest version in view of the first statement of an id of which the claimant may know. */
    Optional<Entry> known(String id, Claimant claimant) throws StoreUnavailable;

    /** The latest versions in view of all statements of an id, for any reader; the one that comes first first. */
    default List<Entry> statements(String id) throws StoreUnavailable {
        return statements(List.of(id)).get(id);
    }

    /** The same for many ids at once; an empty list for an id that has nothing in view. */
    Map<String, List<Entry>> statements(Collection<String> ids) throws StoreUnavailable;

    /**
     * What {@link #statements(Collection)} leaves out, in no order: earlier versions, and what was withdrawn. What was
     * erased is not there.
     */
    Map<String, List<Entry>> pastVersions(Collection<String> ids) throws StoreUnavailable;

    /**
     * The versions of the statement whose entry is at {@code seq}, up to that one, newest first: those in view, and
     * what they took the place of when they were renewed, with the terms that it came with.
     */
    List<Entry> statement(long seq) throws StoreUnavailable;

    /**
     * Puts stricter classes in force for entries that are stored already; durable when this returns. Never makes one
     * laxer: the narrower marking wins, {@code personal} and {@code house} only ever come on, {@code own} stays.
     *
     * @throws IllegalArgumentException when there is no such entry; then nothing was changed
     */
    void restrict(Map<Long, ReleaseTerms> bySeq) throws StoreUnavailable;

    /**
     * Stores latest versions once more with other terms, durable when this returns. The entry before leaves every view
     * at the same moment as the new one comes, also when the process ends in between two of them. What is not the
     * latest version in view any more, has other terms by now, or was renewed by another gateway is left alone, so that
     * a repeated call changes nothing. Readers by sequence number see such an object at most twice, and never miss it.
     *
     * @return the new sequence numbers, by the old ones; only those that were renewed
     */
    Map<Long, Long> renew(List<Renewal> renewals) throws StoreUnavailable;

    /**
     * From now on {@code judge} decides which entries are not proven any more. Call it at start and after each change
     * of keys; it costs the same however many entries there are, but for pages in caches.
     */
    void judgeSigners(SignerJudge judge);

    /** The entry at {@code seq}, unless it does not exist or is withdrawn. */
    Optional<Entry> at(long seq) throws StoreUnavailable;

    /** The latest version of an object; of several statements, of that which comes first. */
    Optional<Entry> latest(String id) throws StoreUnavailable;

    /** All versions of an object in view, of all statements, in the order in which they were added. */
    List<Entry> versions(String id) throws StoreUnavailable;

    /**
     * How often entries of other gateways that share this store came into view here: as long as it stays the same,
     * nothing but what this gateway wrote has come in between. Always the same where a store has one gateway only.
     */
    default long othersWrote() {
        return 0;
    }

    /** Makes visible here what other gateways that share this store had stored before the call. */
    default void catchUp() throws StoreUnavailable {}

    /** Those of the asked versions that refer to {@code id}, ascending by sequence number, for any reader. */
    List<Entry> referrers(String id, Versions versions) throws StoreUnavailable;

    /**
     * Who learns that a thread of the store ended unexpectedly. Such a store takes nothing in any more: open it anew.
     *
     * @param listener takes the name of the thread and what it ended by
     */
    default void onThreadFailure(BiConsumer<String, Throwable> listener) {}

    /**
     * Writes a copy of everything acknowledged so far into an empty directory, while reads and appends go on.
     *
     * @throws IOException when the directory is not empty or cannot be written
     */
    void snapshot(Path directory) throws IOException, StoreUnavailable;

    /** Finishes what was begun and lets go of all files. */
    @Override
    void close();
}
