package uz.koprik.indicators.store.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch.core.mget.MultiGetResponseItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.elasticsearch.client.RetryPolicy;

/** Reads the records of entries, many in one call, from the backlog or by id from the index, which needs no refresh. */
final class EntryFetcher {

    private static final int AT_ONCE = 1000;
    private static final int BYTES_AT_ONCE = 8 << 20;

    private final ElasticsearchClient client;
    private final RetryPolicy calls;
    private final String alias;
    private final IndexQueue backlog;
    private final EntryDigests entryDigests;

    EntryFetcher(
            ElasticsearchClient client,
            RetryPolicy calls,
            String alias,
            IndexQueue backlog,
            EntryDigests entryDigests) {
        this.client = client;
        this.calls = calls;
        this.alias = alias;
        this.backlog = backlog;
        this.entryDigests = entryDigests;
    }

    /** The same entries, whole, less those that were erased meanwhile. */
    List<Entry> present(List<Entry> entries) throws StoreUnavailable {
        return withContent(bring(entries));
    }

    /** Those of whole entries that are not erased. */
    static List<Entry> withContent(List<Entry> whole) {
        return whole.stream().filter(entry -> !((ClusterEntry) entry).erased()).toList();
    }

    /** The same entries, whole; of an erased one, what stays. */
    List<Entry> bring(List<Entry> entries) throws StoreUnavailable {
        Map<String, List<ClusterEntry>> missing = new HashMap<>();
        long bytes = 0;
        for (Entry entry : entries) {
            ClusterEntry wanted = (ClusterEntry) entry;
            byte[] waiting = backlog.record(wanted.seq());
            if (waiting != null) {
                wanted.bring(waiting);
                continue;
            }
            long length = entryDigests.length(wanted.seq());
            if (missing.size() >= AT_ONCE || (!missing.isEmpty() && bytes + length > BYTES_AT_ONCE)) {
                get(missing);
                missing.clear();
                bytes = 0;
            }
            missing.computeIfAbsent(Long.toString(wanted.seq()), seq -> new ArrayList<>(1))
                    .add(wanted);
            bytes += length;
        }
        get(missing);
        return entries;
    }

    private void get(Map<String, List<ClusterEntry>> missing) throws StoreUnavailable {
        if (missing.isEmpty()) {
            return;
        }
        List<String> ids = List.copyOf(missing.keySet());
        RetryPolicy.RetryRun retrying = calls.retrying("read entries");
        List<String> open = ids;
        while (true) {
            List<String> asked = open;
            List<MultiGetResponseItem<EntryDocument.KeptFields>> items = calls.make(
                            "read entries",
                            () -> client.mget(
                                    request -> request.index(alias).ids(asked), EntryDocument.KeptFields.class))
                    .docs();
            List<String> absent = new ArrayList<>();
            for (MultiGetResponseItem<EntryDocument.KeptFields> item : items) {
                if (item.isFailure() || !item.result().found() || item.result().source() == null) {
                    absent.add(
                            item.isFailure()
                                    ? item.failure().id()
                                    : item.result().id());
                } else {
                    byte[] record = item.result().source().record();
                    missing.get(item.result().id()).forEach(entry -> entry.bring(record));
                }
            }
            if (absent.isEmpty()) {
                return;
            }
            retrying.pauseAfter(new java.io.IOException("the index of entries lacks " + absent.size() + " entries, "
                    + absent.getFirst() + " among them: if this stays so, make it anew with: koprik store migrate"));
            open = absent;
        }
    }
}
