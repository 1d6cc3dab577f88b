package uz.koprik.indicators.store.entries;

import java.util.List;
import java.util.Optional;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.store.AppendResult;
import uz.koprik.indicators.store.Claimant;
import uz.koprik.indicators.store.Draft;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.Selection;
import uz.koprik.indicators.store.SignerJudge;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.Versions;

/** The reads of a store that its {@link EntryTable} answers, the same for every backend. */
public abstract class EntryTableStore implements InternalStore {

    protected final EntryTable entryTable;
    private final Pager pager;

    protected EntryTableStore(EntryTable entryTable) {
        this.entryTable = entryTable;
        this.pager = new Pager(entryTable);
    }

    /** @throws StoreUnavailable when the store is closed or cannot serve */
    protected abstract void requireOpen() throws StoreUnavailable;

    /** Adds to an entry of the catalogue what the backend keeps elsewhere, and returns it. */
    protected Entry whole(Entry entry) throws StoreUnavailable {
        return entry;
    }

    /** The same for several entries; returns the same list. */
    protected List<Entry> whole(List<Entry> entries) throws StoreUnavailable {
        return entries;
    }

    /** The entry with a sequence number; empty for 0. */
    private Optional<Entry> entry(long seq) throws StoreUnavailable {
        return seq == 0 ? Optional.empty() : Optional.of(whole(entryTable.entry(seq)));
    }

    @Override
    public final Optional<Entry> at(long seq) throws StoreUnavailable {
        requireOpen();
        return seq < 1 || seq > entryTable.rows.last() || entryTable.withdrawn(seq) ? Optional.empty() : entry(seq);
    }

    @Override
    public final Optional<Entry> latest(String id) throws StoreUnavailable {
        return latest(id, Audience.HOUSEKEEPING);
    }

    @Override
    public final Optional<Entry> latest(String id, Audience audience) throws StoreUnavailable {
        requireOpen();
        return entry(entryTable.shown(id, audience));
    }

    @Override
    public final AppendResult foresee(Draft draft) {
        return entryTable.foresee(draft.facts(), draft.follows(), draft.claimant());
    }

    @Override
    public final Optional<Entry> duplicate(String id, long version, String digest, Claimant claimant)
            throws StoreUnavailable {
        requireOpen();
        return entry(entryTable.duplicate(id, version, digest, claimant));
    }

    @Override
    public final boolean lostProof(long seq) {
        return entryTable.lostProofs().lost(seq);
    }

    @Override
    public final boolean holds(String id) throws StoreUnavailable {
        requireOpen();
        return entryTable.holds(id);
    }

    @Override
    public final Optional<Entry> known(String id, Claimant claimant) throws StoreUnavailable {
        requireOpen();
        return entry(entryTable.known(id, claimant));
    }

    @Override
    public final List<Entry> statements(String id) throws StoreUnavailable {
        requireOpen();
        return whole(entryTable.latestOfEach(id));
    }

    @Override
    public final List<Entry> statement(long seq) throws StoreUnavailable {
        requireOpen();
        return whole(entryTable.versionsUpTo(seq));
    }

    @Override
    public final List<Entry> versions(String id) throws StoreUnavailable {
        requireOpen();
        return whole(entryTable.versions(id));
    }

    @Override
    public final List<Entry> versions(String id, Audience audience) throws StoreUnavailable {
        requireOpen();
        return whole(entryTable.versions(id).stream()
                .filter(entry -> entryTable.sees(audience, entry.seq()))
                .toList());
    }

    @Override
    public final Page page(Selection selection, long afterSeq, int limit) throws StoreUnavailable {
        requireOpen();
        Page page = pager.page(selection, afterSeq, limit);
        whole(page.entries());
        return page;
    }

    @Override
    public final void judgeSigners(SignerJudge judge) {
        entryTable.lostProofs().judge(judge);
    }

    @Override
    public final Page unproven(String kid, Audience audience, long afterSeq, int limit) throws StoreUnavailable {
        requireOpen();
        Page page = entryTable
                .lostProofs()
                .page(kid, RowFilter.of(entryTable, audience, Versions.ALL), entryTable, afterSeq, limit);
        whole(page.entries());
        return page;
    }

    @Override
    public final long stamp(long firstSeq, long lastSeq) {
        return entryTable.rows.stamp(firstSeq, lastSeq);
    }

    @Override
    public final List<Entry> referrers(String id, Versions versions) throws StoreUnavailable {
        return referrers(id, versions, Audience.HOUSEKEEPING);
    }
}
