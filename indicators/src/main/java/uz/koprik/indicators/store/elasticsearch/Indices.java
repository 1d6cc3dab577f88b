package uz.koprik.indicators.store.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import java.io.StringReader;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.indicators.observable.extraction.ObservableExtraction;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.elasticsearch.client.ClusterRefused;
import uz.koprik.indicators.store.elasticsearch.client.ElasticOptions;
import uz.koprik.indicators.store.elasticsearch.client.RetryPolicy;

/** Our indices: their templates with strict mappings, their versioned names, and the alias in front of the entries. */
public final class Indices {

    /** Changes when the mapping of the log changes: the log of another layout has another name. */
    public static final int LOG_LAYOUT = 1;

    /** Changes when the mapping of leases changes: feeds then begin anew, since their positions are stored there. */
    public static final int LEASE_LAYOUT = 1;

    /** Changes when the mapping of papers changes. */
    public static final int STATE_LAYOUT = 1;

    /**
     * Changes when the mapping of entries or {@link uz.koprik.indicators.store.words.WordRules} changes: indices of
     * another layout have other names, and are made anew from the log.
     */
    static final int LAYOUT = 4;

    private static final Logger LOG = LoggerFactory.getLogger(Indices.class);

    /** The number of the reading in the name of an index; earlier versions named none. */
    private static final Pattern READING = Pattern.compile("-r(\\d+)-\\d+$");

    private static final String LOG_MAPPING =
            """
            {"dynamic": "strict", "properties": {
              "number": {"type": "long"},
              "size": {"type": "long", "index": false},
              "records": {"type": "long", "index": false, "doc_values": false},
              "indexed": {"type": "long", "index": false, "doc_values": false},
              "writer": {"type": "keyword", "index": false, "doc_values": false},
              "attempt": {"type": "keyword", "index": false, "doc_values": false},
              "previous": {"type": "keyword", "index": false, "doc_values": false},
              "payload": {"type": "binary"}}}""";
    private static final String LEASE_MAPPING =
            """
            {"dynamic": "strict", "properties": {
              "holder": {"type": "keyword", "index": false, "doc_values": false},
              "run": {"type": "keyword", "index": false, "doc_values": false},
              "beat": {"type": "long", "index": false, "doc_values": false},
              "content": {"type": "binary"}}}""";
    private static final String STATE_MAPPING =
            """
            {"dynamic": "strict", "properties": {
              "name": {"type": "keyword"},
              "content": {"type": "binary"}}}""";
    private static final String ENTRY_MAPPING =
            """
            {"dynamic": "strict",
             "properties": {
              "seq": {"type": "long"},
              "observable": {"type": "keyword", "doc_values": false},
              "mark": {"type": "long", "index": false},
              "place": {"type": "keyword", "doc_values": false},
              "ref": {"type": "keyword", "doc_values": false},
              "kind": {"type": "keyword", "doc_values": false},
              "label": {"type": "keyword", "doc_values": false},
              "word": {"type": "text", "analyzer": "whitespace", "norms": false},
              "head": {"type": "binary"},
              "object": {"type": "object", "enabled": false},
              "record": {"type": "binary"}}}""";

    private final ElasticsearchClient client;
    private final RetryPolicy calls;
    private final ElasticOptions options;

    Indices(ElasticsearchClient client, RetryPolicy calls, ElasticOptions options) {
        this.client = client;
        this.calls = calls;
        this.options = options;
    }

    /** Makes what is not there yet; several gateways may do so at once. */
    void ensure() throws StoreUnavailable {
        template(options.prefix() + "-log", 1, LOG_MAPPING);
        template(options.entries(), options.shards(), ENTRY_MAPPING);
        template(options.prefix() + "-leases", 1, LEASE_MAPPING);
        template(options.prefix() + "-state", 1, STATE_MAPPING);
        create(options.log());
        create(options.leases());
        create(options.state());
        if (entries().isEmpty()) {
            String first = entries(1);
            create(first, options.entries());
        }
    }

    String entries(int number) {
        return "%s-v%d-r%d-%06d".formatted(options.entries(), LAYOUT, ObservableExtraction.READING, number);
    }

    /** The indices of the alias of entries. */
    List<String> entries() throws StoreUnavailable {
        return calls.make("read the aliases", () -> {
            try {
                return List.copyOf(client.indices()
                        .getAlias(request -> request.name(options.entries()))
                        .aliases()
                        .keySet());
            } catch (ElasticsearchException answered) {
                if (answered.status() == 404) {
                    return List.of();
                }
                throw answered;
            }
        });
    }

    /** Every index of entries that there is, also those that are being made or were left behind. */
    List<String> everyIndexOfEntries() throws StoreUnavailable {
        return calls.make(
                "list the indices of entries",
                () -> List.copyOf(client.indices()
                        .get(request -> request.index(options.entries() + "-v*"))
                        .indices()
                        .keySet()));
    }

    private void template(String name, int shards, String mapping) throws StoreUnavailable {
        String json =
                """
                {"index_patterns": ["%s-v*"], "priority": 500,
                 "template": {
                   "settings": {"number_of_shards": %d, "number_of_replicas": %d, "refresh_interval": "-1",
                                "merge.policy.expunge_deletes_allowed": 0,
                                "translog.durability": "request"},
                   "mappings": %s}}"""
                        .formatted(name, shards, options.replicas(), mapping);
        calls.make("write the index template " + name, () -> client.indices()
                .putIndexTemplate(request -> request.name(name).withJson(new StringReader(json))));
    }

    /** Warns of indices whose values an earlier reading found. */
    void warnOfOlderReading() throws StoreUnavailable {
        for (String index : olderReading()) {
            LOG.warn(
                    "an earlier version of this program read the values in the index {}, so searches and correlation miss"
                            + " kinds of values that are newer; make it anew with: koprik store migrate",
                    index);
        }
    }

    /** The indices of entries that lack the values which objects yield by now. */
    List<String> olderReading() throws StoreUnavailable {
        return entries().stream()
                .filter(index -> {
                    Matcher reading = READING.matcher(index);
                    return (reading.find() ? Integer.parseInt(reading.group(1)) : 0) < ObservableExtraction.READING;
                })
                .toList();
    }

    /**
     * Refuses entries that another version indexed.
     *
     * @throws ClusterRefused when the index has to be made anew
     */
    void requireThisLayout() throws StoreUnavailable, ClusterRefused {
        for (String index : entries()) {
            if (!index.startsWith(options.entries() + "-v" + LAYOUT + "-")) {
                throw new ClusterRefused(
                        "the index " + index + " was made by another version of this program, and nothing would be"
                                + " found in it; stop the other gateways of this centre and make it anew with: koprik store migrate",
                        null);
            }
        }
    }

    /** Makes an index that only its own name leads to. */
    void create(String index) throws StoreUnavailable {
        create(index, "");
    }

    private void create(String index, String alias) throws StoreUnavailable {
        calls.make("make the index " + index, () -> {
            try {
                return client.indices()
                        .create(request -> alias.isEmpty()
                                ? request.index(index)
                                : request.index(index).aliases(alias, a -> a.isWriteIndex(true)))
                        .acknowledged();
            } catch (ElasticsearchException answered) {
                if ("resource_already_exists_exception".equals(answered.error().type())) {
                    return true;
                }
                throw answered;
            }
        });
    }

    /** Lets the alias of entries point to one index, in one step for all who read and write. */
    void alias(List<String> from, String to) throws StoreUnavailable {
        calls.make("set the alias " + options.entries(), () -> client.indices().updateAliases(request -> {
            from.forEach(old ->
                    request.actions(action -> action.remove(r -> r.index(old).alias(options.entries()))));
            return request.actions(action ->
                    action.add(a -> a.index(to).alias(options.entries()).isWriteIndex(true)));
        }));
    }

    /** The name after those that the alias points to. */
    String next(List<String> current) {
        return entries(1
                + current.stream()
                        .mapToInt(name -> Integer.parseInt(name.substring(name.lastIndexOf('-') + 1)))
                        .max()
                        .orElse(0));
    }

    void delete(String index) throws StoreUnavailable {
        calls.make("delete the index " + index, () -> client.indices()
                .delete(request -> request.index(index).ignoreUnavailable(true)));
    }

    void refresh(String index) throws StoreUnavailable {
        calls.make("refresh the index " + index, () -> client.indices().refresh(request -> request.index(index)));
    }
}
