package uz.koprik.indicators.store.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch.core.GetResponse;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.get.GetResult;
import co.elastic.clients.elasticsearch.core.mget.MultiGetResponseItem;
import co.elastic.clients.elasticsearch.core.search.Hit;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.elasticsearch.client.CompareAndSet;
import uz.koprik.indicators.store.elasticsearch.client.ErrorText;
import uz.koprik.indicators.store.elasticsearch.client.RetryPolicy;

/**
 * The truth: commits numbered without gaps. A number belongs to the writer that creates its document
 * ({@code op_type=create}), which the cluster grants once.
 */
final class CommitLog {

    private static final String NUMBER = "number";
    private static final String PAYLOAD = "payload";
    /** Id of the document that says how far erasures are; it has no number. */
    private static final String ERASED = "erased";

    /** How many numbers are looked up at once; each may be a few megabytes. */
    private static final int AHEAD = 4;

    private static final int LISTED = 1000;
    private static final int LOADED_BYTES = 16 << 20;

    private final ElasticsearchClient client;
    private final RetryPolicy calls;
    private final String index;
    private final GlobalCheckpoint settled;

    CommitLog(ElasticsearchClient client, RetryPolicy calls, String index) {
        this.client = client;
        this.calls = calls;
        this.index = index;
        this.settled = new GlobalCheckpoint(client, calls, index);
    }

    /**
     * Tries to make a commit. An answer that is lost is found out about: the same document is created again until the
     * cluster says whose the number is.
     *
     * @return whether it is there; if not, somebody else has the number
     * @throws StoreUnavailable when it could not be found out: it may be there or come to be there yet
     */
    boolean create(LogDocument commit) throws StoreUnavailable {
        RetryPolicy.RetryRun retrying = calls.retrying("write to the log");
        while (true) {
            try {
                client.create(request ->
                        request.index(index).id(Long.toString(commit.number())).document(commit));
                return true;
            } catch (IOException failed) {
                retrying.pauseAfter(failed);
            } catch (ElasticsearchException answered) {
                if (answered.status() == 409) {
                    Optional<FoundCommit> there = find(commit.number());
                    if (there.isPresent()) {
                        return there.get().commit.attempt().equals(commit.attempt());
                    }
                    retrying.pauseAfter(new IOException("a copy that lags says the commit is not there", answered));
                } else {
                    retrying.pauseAfter(answered);
                }
            }
        }
    }

    /** Writes a document, even when its number is taken. */
    void replace(LogDocument commit) throws StoreUnavailable {
        calls.make(
                "write to the log",
                () -> client.index(request ->
                        request.index(index).id(Long.toString(commit.number())).document(commit)));
    }

    /** A commit as found, and what the cluster counted for it. */
    record FoundCommit(LogDocument commit, long seqNo, long term) {}

    /** Puts a commit in the place of the one that was found; false when another was put there meanwhile. */
    boolean rewrite(FoundCommit found, LogDocument commit) throws StoreUnavailable {
        return CompareAndSet.replace(
                        client,
                        calls,
                        "rewrite the log",
                        index,
                        Long.toString(commit.number()),
                        CompareAndSet.version(found.seqNo, found.term),
                        commit)
                .isPresent();
    }

    /** Whether every copy in sync has a commit as it was found. */
    boolean settled(FoundCommit found) throws StoreUnavailable {
        return settled.reached(found.seqNo);
    }

    /**
     * How far the erasures of the log were carried out.
     *
     * @param done up to that commit nothing is left to do
     * @param beat changes while somebody is at work
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record ErasureMark(@JsonProperty("indexed") long done, @JsonProperty("attempt") String beat) {}

    ErasureMark erasureMark() throws StoreUnavailable {
        ErasureMark there = calls.make(
                        "read how far erasures are",
                        () -> client.get(request -> request.index(index).id(ERASED), ErasureMark.class))
                .source();
        return there == null ? new ErasureMark(0, "") : there;
    }

    void mark(ErasureMark mark) throws StoreUnavailable {
        calls.make(
                "note how far erasures are",
                () -> client.index(request -> request.index(index).id(ERASED).document(mark)));
    }

    /** The commit of that number; not necessarily on all copies yet. */
    Optional<FoundCommit> find(long number) throws StoreUnavailable {
        GetResponse<LogDocument> answer = calls.make(
                "read the log",
                () -> client.get(request -> request.index(index).id(Long.toString(number)), LogDocument.class));
        return found(answer);
    }

    private static Optional<FoundCommit> found(GetResult<LogDocument> answer) {
        LogDocument commit = answer.source();
        return commit == null
                ? Optional.empty()
                : Optional.of(new FoundCommit(commit, answer.seqNo(), answer.primaryTerm()));
    }

    /**
     * The commits that follow {@code number}, a few at a time, as far as they are on every copy that is in sync: what
     * could still vanish with the node that has it is not returned.
     */
    List<LogDocument> after(long number) throws StoreUnavailable {
        return settled(
                read(LongStream.rangeClosed(number + 1, number + AHEAD).boxed().toList()), number);
    }

    private List<FoundCommit> read(List<Long> numbers) throws StoreUnavailable {
        List<MultiGetResponseItem<LogDocument>> items = calls.make(
                        "read the log",
                        () -> client.mget(
                                request -> request.index(index)
                                        .ids(numbers.stream()
                                                .map(String::valueOf)
                                                .toList()),
                                LogDocument.class))
                .docs();
        List<FoundCommit> found = new ArrayList<>();
        for (MultiGetResponseItem<LogDocument> item : items) {
            if (item.isFailure()) {
                throw new StoreUnavailable(
                        "cannot read the log: "
                                + ErrorText.words(0, item.failure().error()),
                        null);
            }
            Optional<FoundCommit> commit = found(item.result());
            if (commit.isEmpty()) {
                break;
            }
            found.add(commit.get());
        }
        return found;
    }

    private List<LogDocument> settled(List<FoundCommit> found, long after) throws StoreUnavailable {
        List<LogDocument> commits = new ArrayList<>();
        for (FoundCommit one : found) {
            if (!settled.reached(one.seqNo) || one.commit.number() != after + commits.size() + 1) {
                break;
            }
            commits.add(one.commit);
        }
        return commits;
    }

    /** The highest commit that a search sees; empty when there is none at all. */
    Optional<LogDocument> last() throws StoreUnavailable {
        refresh();
        SearchResponse<LogDocument> answer = calls.make(
                "read the log",
                () -> client.search(
                        request -> request.index(index)
                                .size(1)
                                .query(q -> q.exists(e -> e.field(NUMBER)))
                                .sort(s -> s.field(f -> f.field(NUMBER).order(SortOrder.Desc)))
                                .source(s -> s.filter(f -> f.excludes(PAYLOAD))),
                        LogDocument.class));
        return answer.hits().hits().stream().findFirst().map(Hit::source);
    }

    void refresh() throws StoreUnavailable {
        calls.make("read the log", () -> client.indices().refresh(request -> request.index(index)));
    }

    /** Takes commits one after the other. */
    interface Sink {
        void take(LogDocument commit) throws StoreUnavailable, IOException;
    }

    /** Hands over the commits after {@code after} up to {@code last}, which {@link #last} saw. */
    void each(long after, long last, Sink sink) throws StoreUnavailable, IOException {
        long done = after;
        while (done < last) {
            long from = done;
            SearchResponse<Void> answer = calls.make(
                    "list the log",
                    () -> client.search(
                            request -> request.index(index)
                                    .size(LISTED)
                                    .source(s -> s.fetch(false))
                                    .query(q -> q.range(r -> r.number(n ->
                                            n.field(NUMBER).gt((double) from).lte((double) last))))
                                    .docvalueFields(f -> f.field("size"))
                                    .sort(s -> s.field(f -> f.field(NUMBER).order(SortOrder.Asc))),
                            Void.class));
            List<Long> numbers = new ArrayList<>();
            long bytes = 0;
            for (Hit<Void> hit : answer.hits().hits()) {
                FieldValue number = hit.sort().getFirst();
                long size = hit.fields().get("size").to(long[].class)[0];
                if (bytes + size > LOADED_BYTES && !numbers.isEmpty()) {
                    done = take(numbers, done, sink);
                    numbers.clear();
                    bytes = 0;
                }
                numbers.add(number.longValue());
                bytes += size;
            }
            long reached = numbers.isEmpty() ? done : take(numbers, done, sink);
            if (reached == from) {
                throw new StoreUnavailable(
                        "the log lacks commit " + (from + 1) + ": restore the store from a snapshot", null);
            }
            done = reached;
        }
    }

    private long take(List<Long> numbers, long done, Sink sink) throws StoreUnavailable, IOException {
        RetryPolicy.RetryRun retrying = calls.retrying("read the log");
        while (true) {
            List<LogDocument> commits = settled(read(numbers), done);
            if (commits.size() == numbers.size()) {
                for (LogDocument commit : commits) {
                    sink.take(commit);
                }
                return numbers.getLast();
            }
            retrying.pauseAfter(new IOException("commits after " + done + " are not on all copies yet, or missing"));
        }
    }
}
