package uz.koprik.indicators.store.elasticsearch;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import uz.koprik.indicators.observable.network.NetworkKey;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.store.AppendResult;
import uz.koprik.indicators.store.Carriers;
import uz.koprik.indicators.store.Draft;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.ErasedVersion;
import uz.koprik.indicators.store.Erasure;
import uz.koprik.indicators.store.ErasureOrder;
import uz.koprik.indicators.store.RangeCarriers;
import uz.koprik.indicators.store.Search;
import uz.koprik.indicators.store.StoreStatus;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.Versions;
import uz.koprik.indicators.store.elasticsearch.client.ClusterRefused;
import uz.koprik.indicators.store.elasticsearch.client.Connection;
import uz.koprik.indicators.store.elasticsearch.client.ElasticOptions;
import uz.koprik.indicators.store.elasticsearch.client.RetryPolicy;
import uz.koprik.indicators.store.entries.BoundedHits;
import uz.koprik.indicators.store.entries.EncodedDraft;
import uz.koprik.indicators.store.entries.EntryRows;
import uz.koprik.indicators.store.entries.EntryTable;
import uz.koprik.indicators.store.entries.EntryTableStore;
import uz.koprik.indicators.store.entries.PendingPostings;
import uz.koprik.indicators.store.entries.RenewedDraft;
import uz.koprik.indicators.store.entries.RowFilter;
import uz.koprik.indicators.store.entries.SearchCollector;
import uz.koprik.indicators.store.entries.StoreThreads;
import uz.koprik.indicators.store.entries.TopN;
import uz.koprik.indicators.store.entries.WriteQueue;
import uz.koprik.indicators.store.lease.LeaseStore;
import uz.koprik.indicators.store.state.StateStore;
import uz.koprik.indicators.store.words.Highlighter;
import uz.koprik.indicators.store.words.ParsedTerm;
import uz.koprik.indicators.store.words.WordRules;

/**
 * The store on an Elasticsearch cluster. Several gateways of one centre may open it at the same time; each sees what
 * the others wrote within {@link ElasticOptions#follow()}, in the one order that all see.
 */
public final class ElasticStore extends EntryTableStore {

    /** Objects whose erasure is one commit. */
    private static final int ERASED_AT_ONCE = 10_000;

    private final Connection connection;
    private final RetryPolicy calls;
    private final WordRules words = new WordRules();
    private final StoreThreads threads = new StoreThreads();
    private final IndexQueue backlog;
    private final EntryIndexer view;
    private final CommitLog log;
    private final ClusterEraser eraser;
    private final CommitWriter writing;
    private final WriteQueue queue;
    private final SeenValues met = new SeenValues();
    private final EntrySearcher finding;
    private final EntryFetcher fetching;
    private final Health health;
    private final LeaseStore register;
    private final StateStore stateStore;
    private final LongSupplier micros;
    /** The last entry when the store was opened: later ones are found in {@link PendingPostings} at once. */
    private long base;

    private volatile boolean closed;

    private ElasticStore(
            ElasticOptions options,
            Connection connection,
            RetryPolicy calls,
            CommitLog log,
            LogDocument founding,
            EntryRows rows,
            EntryDigests entryDigests,
            LongSupplier micros) {
        super(new EntryTable(rows, entryDigests));
        this.micros = micros;
        this.connection = connection;
        this.calls = calls;
        this.log = log;
        this.backlog = new IndexQueue(
                options.queueBytes(), options.groupBytes(), options.patience().toNanos());
        this.view = new EntryIndexer(connection.client, calls, options, backlog, words, threads);
        CommitEnds ends = new CommitEnds();
        this.eraser =
                new ClusterEraser(connection.client, calls, options, log, ends, entryTable::isHouse, words, threads);
        this.writing = new CommitWriter(
                log, entryTable, backlog, view, met, ends, eraser, micros, options.groupBytes(), founding);
        this.queue = new WriteQueue(writing, options.queueBytes(), options.follow(), threads);
        this.finding = new EntrySearcher(connection.client, calls, options.entries());
        this.fetching = new EntryFetcher(connection.client, calls, options.entries(), backlog, entryDigests);
        this.health = new Health(connection.client, calls, options);
        this.register = new ElasticLeaseStore(connection.client, calls, options.leases());
        this.stateStore = new ElasticStateStore(connection.client, calls, options.state());
    }

    /**
     * Opens the store of a prefix, or founds it. Reads the whole log; what is missing in the index of entries is
     * written to it.
     *
     * @throws ClusterRefused when the cluster cannot be used as it is set up: says what to do
     * @throws IOException when it cannot be reached or read
     */
    public static ElasticStore open(ElasticOptions options) throws IOException {
        return open(options, InstantSource.system());
    }

    /**
     * As {@link #open(ElasticOptions)}.
     *
     * @param clock by which entries and withdrawals are dated
     */
    public static ElasticStore open(ElasticOptions options, InstantSource clock) throws IOException {
        Connection connection = new Connection(options);
        try {
            RetryPolicy calls = new RetryPolicy(options.patience());
            new Health(connection.client, calls, options).requireUsable();
            Indices indices = new Indices(connection.client, calls, options);
            indices.requireThisLayout();
            indices.warnOfOlderReading();
            CommitLog log = new CommitLog(connection.client, calls, options.log());
            EntryRows rows = new EntryRows();
            ElasticStore store = new ElasticStore(
                    options,
                    connection,
                    calls,
                    log,
                    StoreFoundation.founding(log),
                    rows,
                    new EntryDigests(rows),
                    () -> ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
            store.load();
            return store;
        } catch (StoreUnavailable unavailable) {
            connection.close();
            throw new ClusterRefused(unavailable.getMessage(), unavailable);
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void load() throws StoreUnavailable, IOException {
        LogDocument last = log.last().orElseThrow(() -> new StoreUnavailable("the log has no beginning", null));
        view.start(last.indexed());
        try {
            eraser.begin();
            log.each(0, last.number(), commit -> {
                backlog.awaitRoom();
                writing.take(commit);
            });
            writing.follow();
            requireOneMoment(calls.retrying("read the log to its end"));
            base = entryTable.rows.last();
            queue.start();
            eraser.start();
        } catch (StoreUnavailable | IOException | RuntimeException e) {
            view.close();
            throw e;
        }
    }

    /**
     * An index that shows more than was ever logged is of another log: what comes next would be taken for what is in
     * it.
     */
    private void requireOneMoment(RetryPolicy.RetryRun retrying) throws StoreUnavailable, IOException {
        while (entryTable.rows.last() < view.covered()) {
            retrying.pauseAfter(
                    new IOException(
                            "the index shows " + view.covered() + " entries and the log has " + entryTable.rows.last()
                                    + "; restore both from snapshots of one moment, or make the index anew with: koprik store migrate"));
            writing.follow(); // another gateway may just have written it
        }
    }

    @Override
    public List<AppendResult> append(List<Draft> batch) throws StoreUnavailable {
        return batch.isEmpty()
                ? List.of()
                : queue.append(batch.stream().map(EncodedDraft::of).toList());
    }

    @Override
    public int withdraw(String id, Versions versions, Audience audience, String reason, String by)
            throws StoreUnavailable {
        return withdraw(id, () -> entryTable.chosen(id, versions, audience), reason, by);
    }

    @Override
    public int withdrawEntries(String id, Collection<Long> entries, String reason, String by) throws StoreUnavailable {
        return withdraw(id, () -> entryTable.inView(id, entries), reason, by);
    }

    private int withdraw(String id, Supplier<List<Long>> chosen, String reason, String by) throws StoreUnavailable {
        return queue.change(() -> {
            int[] count = new int[1];
            writing.commit(() -> {
                List<Long> seqs = chosen.get();
                count[0] = seqs.size();
                long at = micros.getAsLong();
                return seqs.isEmpty()
                        ? CommitWriter.Proposal.NOTHING
                        : CommitWriter.Proposal.of(EntryTable.withdrawRecord(id, seqs, reason, by, at));
            });
            return count[0];
        });
    }

    @Override
    public void erase(List<ErasureOrder> orders) throws StoreUnavailable {
        requireOpen();
        for (ErasureOrder order : orders) {
            record(List.copyOf(new LinkedHashSet<>(order.ids())), order.rule(), order.by());
        }
        eraser.finish();
    }

    private void record(List<String> all, String rule, String by) throws StoreUnavailable {
        for (int from = 0; from < all.size(); from += ERASED_AT_ONCE) {
            List<String> some = all.subList(from, Math.min(all.size(), from + ERASED_AT_ONCE));
            queue.change(() -> {
                writing.commit(() -> new CommitWriter.Proposal(
                        entryTable
                                .erasures()
                                .records(
                                        some.stream()
                                                .flatMap(id -> entryTable.erasures().erasable(id).stream())
                                                .toList(),
                                        rule,
                                        by,
                                        micros.getAsLong()),
                        List.of()));
                return true;
            });
        }
    }

    @Override
    public Map<String, Erasure> erasures(Collection<String> ids) throws StoreUnavailable {
        requireOpen();
        List<Entry> entries = ids.stream()
                .flatMap(id -> entryTable.erasures().of(id).stream())
                .map(entryTable::entry)
                .toList();
        Map<Long, ErasedVersion> rest = new HashMap<>();
        for (Entry entry : fetching.bring(entries)) {
            rest.put(entry.seq(), ((ClusterEntry) entry).rest());
        }
        Map<String, Erasure> erasures = new LinkedHashMap<>();
        for (String id : ids) {
            entryTable.erasures().of(id, rest::get).ifPresent(erasure -> erasures.put(id, erasure));
        }
        return erasures;
    }

    @Override
    public void restrict(Map<Long, ReleaseTerms> bySeq) throws StoreUnavailable {
        queue.change(() -> {
            writing.follow();
            writing.commit(() -> {
                Map<Long, ReleaseTerms> stricter = entryTable.stricter(bySeq);
                return stricter.isEmpty()
                        ? CommitWriter.Proposal.NOTHING
                        : CommitWriter.Proposal.of(EntryTable.restrictRecord(stricter));
            });
            return true;
        });
    }

    @Override
    protected List<RenewedDraft> renewed(List<RenewedDraft> drafts) throws StoreUnavailable {
        return queue.change(() -> writing.renew(drafts));
    }

    @Override
    public Map<String, Carriers> carriers(Collection<String> observables, Audience audience, int freshest)
            throws StoreUnavailable {
        requireOpen();
        if (observables.isEmpty()) {
            return Map.of();
        }
        RowFilter filter = RowFilter.of(entryTable, audience, Versions.LAST);
        Map<String, TopN> byKey = new LinkedHashMap<>();
        observables.forEach(key -> byKey.computeIfAbsent(key, value -> new TopN(freshest)));
        EntryIndexer.IndexSnapshot reading = view.read(base);
        // For who does not see everything the cluster is asked for each value: whether it is asked at all would show by
        // its time that something hidden carries a value.
        List<String> asked =
                audience.seesAll() ? met.carried(byKey.keySet(), reading.covered()) : List.copyOf(byKey.keySet());
        indexed(asked, byKey, reading.covered(), filter);
        Map<String, Carriers> answer = new LinkedHashMap<>();
        byKey.forEach((key, found) -> {
            for (PendingPostings recent : reading.recent()) {
                recent.carriers(key, reading.covered(), seq -> {
                    if (filter.matches(seq)) {
                        found.add(seq);
                    }
                });
            }
            if (found.count() > 0) {
                answer.put(key, new Carriers(found.count(), found.entries(entryTable)));
            }
        });
        fetching.bring(answer.values().stream()
                .flatMap(one -> one.freshest().stream())
                .toList()); // all values' together, in few calls
        answer.replaceAll((key, one) -> new Carriers(one.count(), EntryFetcher.withContent(one.freshest())));
        answer.values().removeIf(one -> freshest > 0 && one.freshest().isEmpty()); // erased meanwhile
        return answer;
    }

    /** What the index knows of some values. */
    private void indexed(List<String> keys, Map<String, TopN> byKey, long covered, RowFilter filter)
            throws StoreUnavailable {
        if (keys.isEmpty()) {
            return;
        }
        Map<Long, TopN> byMark = new HashMap<>();
        keys.forEach(key -> byMark.put(EntryDocument.mark(key), byKey.get(key)));
        finding.each(EntrySearcher.values(EntryDocument.OBSERVABLE, keys), 1, covered, true, (seq, hit) -> {
            if (filter.matches(seq)) {
                for (long mark : EntrySearcher.marks(hit)) {
                    TopN found = byMark.get(mark);
                    if (found != null) {
                        found.add(seq);
                    }
                }
            }
        });
    }

    @Override
    public Map<NetworkKey.Span, RangeCarriers> within(
            Collection<NetworkKey.Span> places, Audience audience, int freshest, int most) throws StoreUnavailable {
        requireOpen();
        RowFilter filter = RowFilter.of(entryTable, audience, Versions.LAST);
        EntryIndexer.IndexSnapshot reading = view.read(base);
        Map<NetworkKey.Span, BoundedHits> found = new LinkedHashMap<>();
        List<EntrySearcher.Question> questions = new ArrayList<>();
        for (NetworkKey.Span place : new LinkedHashSet<>(places)) {
            long first = met.within(place);
            if (first == FirstSeenIndex.NEVER) {
                continue;
            }
            BoundedHits nearby = new BoundedHits(most);
            found.put(place, nearby);
            LongConsumer keep = seq -> {
                if (!nearby.full() && filter.matches(seq)) {
                    nearby.add(seq);
                }
            };
            for (PendingPostings recent : reading.recent()) {
                recent.within(place, reading.covered(), keep);
            }
            if (!nearby.full() && first <= reading.covered()) {
                questions.add(new EntrySearcher.Question(EntrySearcher.within(place), keep, nearby::full));
            }
        }
        finding.newest(questions, reading.covered(), most + 1);
        Map<NetworkKey.Span, RangeCarriers> answer = new LinkedHashMap<>();
        found.forEach((place, nearby) -> {
            if (nearby.count() > 0) {
                answer.put(
                        place, new RangeCarriers(nearby.count(), nearby.full(), nearby.entries(entryTable, freshest)));
            }
        });
        fetching.bring(
                answer.values().stream().flatMap(one -> one.freshest().stream()).toList());
        answer.replaceAll(
                (place, one) -> new RangeCarriers(one.count(), one.more(), EntryFetcher.withContent(one.freshest())));
        answer.values().removeIf(one -> freshest > 0 && one.freshest().isEmpty()); // erased meanwhile
        return answer;
    }

    @Override
    public List<Entry> referrers(String id, Versions versions, Audience audience) throws StoreUnavailable {
        requireOpen();
        long first = audience.seesAll() ? met.referred(id) : 1; // as with carriers
        if (first == FirstSeenIndex.NEVER) {
            return List.of();
        }
        RowFilter filter = RowFilter.of(entryTable, audience, versions);
        List<Entry> found = new ArrayList<>();
        LongConsumer keep = seq -> {
            if (filter.matches(seq)) {
                found.add(entryTable.entry(seq));
            }
        };
        EntryIndexer.IndexSnapshot reading = view.read(base);
        if (first <= reading.covered()) {
            finding.each(
                    EntrySearcher.values(EntryDocument.REF, List.of(id)),
                    first,
                    reading.covered(),
                    false,
                    (seq, hit) -> keep.accept(seq));
        }
        for (PendingPostings recent : reading.recent()) {
            recent.referrers(id, reading.covered(), keep);
        }
        return whole(found);
    }

    @Override
    public Search.Result search(Search search) throws StoreUnavailable {
        requireOpen();
        SearchCollector tally = new SearchCollector(search, entryTable);
        List<ParsedTerm> asked = search.query().words().isBlank()
                ? List.of()
                : words.asked(search.query().words());
        if (search.query().byRowsAlone()) {
            tally.acceptAll();
        } else {
            long last = tally.last();
            List<Long> itself = search.query().about().stream()
                    .map(entryTable::head)
                    .map(entryTable::inView)
                    .filter(seq -> seq > 0)
                    .toList();
            Query query = QueryFactory.of(search, asked, itself);
            view.awaitCovered(last);
            finding.each(query, tally.first(), last, false, (seq, hit) -> tally.accept(seq));
        }
        Search.Result result = tally.result();
        result = result.with(whole(result.entries()));
        return search.query().highlight() ? result.with(new Highlighter(words, asked).of(result.entries())) : result;
    }

    @Override
    public long othersWrote() {
        return writing.othersWrote();
    }

    @Override
    public void catchUp() throws StoreUnavailable {
        queue.change(writing::follow);
    }

    /** Where the gateways of this centre settle which of them does what only one may do; until {@link #close}. */
    public LeaseStore register() {
        return register;
    }

    /** What the gateways of this centre remember together; until {@link #close}. */
    public StateStore stateStore() {
        return stateStore;
    }

    @Override
    public StoreStatus status() {
        reportLostConnections();
        long last = entryTable.rows.last();
        return new StoreStatus(last, last, entryTable.rows.added(last), health.bytes());
    }

    /** Looked at with each status, which is asked for every second. */
    private void reportLostConnections() {
        if (!closed && !connection.isRunning()) {
            threads.report("of connections to the cluster", new IllegalStateException("it ended by an error"));
        }
    }

    @Override
    public void onThreadFailure(BiConsumer<String, Throwable> listener) {
        threads.onFailure(listener);
    }

    @Override
    public void check() throws StoreUnavailable {
        requireOpen();
        threads.requireAlive();
        writing.requireWhole();
        health.probe();
    }

    @Override
    public void snapshot(Path directory) throws IOException, StoreUnavailable {
        requireOpen();
        PortableCopy.write(directory, log, queue.change(writing::head));
    }

    /**
     * Makes a store from a snapshot of any backend; {@link #open} it afterwards.
     *
     * @throws IOException when the snapshot is incomplete or damaged, the prefix holds a store already, or the cluster
     *     cannot be used; a store that was filled only in part is not opened by anybody
     */
    public static void restore(Path snapshot, ElasticOptions options) throws IOException {
        try (Connection connection = new Connection(options)) {
            RetryPolicy calls = new RetryPolicy(options.patience());
            new Health(connection.client, calls, options).requireUsable();
            PortableCopy.restore(
                    snapshot, new CommitLog(connection.client, calls, options.log()), options.groupBytes());
        } catch (StoreUnavailable unavailable) {
            throw new ClusterRefused(unavailable.getMessage(), unavailable);
        }
    }

    @Override
    protected List<Entry> whole(List<Entry> entries) throws StoreUnavailable {
        return fetching.present(entries);
    }

    @Override
    protected void requireOpen() throws StoreUnavailable {
        if (closed) {
            throw new StoreUnavailable("the store is closed", null);
        }
        writing.requireWhole();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        eraser.close();
        queue.close();
        view.close();
        connection.close();
        words.close();
    }
}
