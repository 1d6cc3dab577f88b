package uz.koprik.indicators.store.entries;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.store.AppendResult;
import uz.koprik.indicators.store.Claimant;
import uz.koprik.indicators.store.Draft;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.Renewal;
import uz.koprik.indicators.store.Selection;
import uz.koprik.indicators.store.SignerJudge;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.Versions;

/** The reads of a store that its {@link EntryTable} answers, the same for every backend. */
public abstract class EntryTableStore implements InternalStore {

    /** Bytes of one durable write. */
    private static final int RENEWED_AT_ONCE = 4 << 20;

    protected final EntryTable entryTable;
    private final Pager pager;

    protected EntryTableStore(EntryTable entryTable) {
        this.entryTable = entryTable;
        this.pager = new Pager(entryTable);
    }

    /** @throws StoreUnavailable when the store is closed or cannot serve */
    protected abstract void requireOpen() throws StoreUnavailable;

    /**
     * Adds to entries of the catalogue what the backend keeps elsewhere.
     *
     * @return the same entries, less those that were erased meanwhile
     */
    protected List<Entry> whole(List<Entry> entries) throws StoreUnavailable {
        return entries;
    }

    /** The entry with a sequence number; empty for 0. */
    private Optional<Entry> entry(long seq) throws StoreUnavailable {
        Optional<Entry> found = seq == 0 ? Optional.empty() : entryTable.found(seq);
        return found.isEmpty() ? found : whole(List.of(found.get())).stream().findFirst();
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
    public final Map<String, List<Entry>> statements(Collection<String> ids) throws StoreUnavailable {
        return byId(ids, entryTable::latestOfEach);
    }

    @Override
    public final Map<String, List<Entry>> pastVersions(Collection<String> ids) throws StoreUnavailable {
        return byId(ids, entryTable::pastOf);
    }

    private Map<String, List<Entry>> byId(Collection<String> ids, Function<String, List<Entry>> read)
            throws StoreUnavailable {
        requireOpen();
        Map<String, List<Entry>> byId = new LinkedHashMap<>();
        List<Entry> all = new ArrayList<>();
        for (String id : ids) {
            if (byId.put(id, new ArrayList<>(1)) == null) {
                all.addAll(read.apply(id));
            }
        }
        for (Entry entry : whole(all)) {
            byId.get(entry.facts().id()).add(entry);
        }
        return byId;
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
        return whole(entryTable.versions(id, audience));
    }

    @Override
    public final Page page(Selection selection, long afterSeq, int limit) throws StoreUnavailable {
        requireOpen();
        Page page = pager.page(selection, afterSeq, limit);
        List<Entry> present = whole(page.entries());
        while (present.isEmpty() && page.more()) { // all were erased meanwhile
            page = pager.page(selection, page.nextAfter(), limit);
            present = whole(page.entries());
        }
        return new Page(present, page.more(), page.nextAfter());
    }

    @Override
    public final Map<Long, Long> renew(List<Renewal> renewals) throws StoreUnavailable {
        requireOpen();
        Map<Long, Renewal> now = new HashMap<>();
        List<Entry> found = new ArrayList<>();
        for (Renewal renewal : renewals) {
            if (entryTable.renewable(renewal)) {
                entryTable.found(renewal.seq()).ifPresent(entry -> {
                    now.put(entry.seq(), renewal);
                    found.add(entry);
                });
            }
        }
        List<RenewedDraft> drafts = new ArrayList<>(found.size());
        for (Entry entry : whole(found)) {
            drafts.add(RenewedDraft.of(now.get(entry.seq()), entry, entryTable.statement(entry.seq())));
        }
        Map<Long, Long> renewed = new LinkedHashMap<>();
        for (int from = 0, to; from < drafts.size(); from = to) {
            long bytes = 0;
            for (to = from; to < drafts.size() && bytes < RENEWED_AT_ONCE; to++) {
                bytes += drafts.get(to).record().length;
            }
            renewed(drafts.subList(from, to))
                    .forEach(draft -> renewed.put(draft.renewal().seq(), draft.seq()));
        }
        return renewed;
    }

    /** Stores those that still may be renewed, see {@link RenewedDraft#placed}, and returns them. */
    protected abstract List<RenewedDraft> renewed(List<RenewedDraft> drafts) throws StoreUnavailable;

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
        return new Page(whole(page.entries()), page.more(), page.nextAfter());
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
