package uz.koprik.indicators.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.indicators.observable.network.NetworkKey;
import uz.koprik.indicators.policy.Audience;

/**
 * The views over the one sequence of a centre, for answers: every read of objects names its {@link Audience}. What is
 * written, and what is read without an audience, is in {@link InternalStore}.
 *
 * <p>All methods block and may be called by any number of threads at once (callers run on virtual threads). A read sees
 * everything that was acknowledged before it begins.
 */
public interface Store {

    /**
     * The next selected entries after a sequence number. Costs the same at any depth.
     *
     * @param afterSeq 0 to begin, else {@link Page#nextAfter()} of the page before
     * @param limit how many at most, 1 or more
     */
    Page page(Selection selection, long afterSeq, int limit) throws StoreUnavailable;

    /**
     * A number that changes whenever an entry in this range of the sequence changes its visibility (superseded,
     * restricted, withdrawn): a page cut from it may be kept as long as the number stays the same.
     */
    long stamp(long firstSeq, long lastSeq);

    /**
     * Which latest versions carry each of these values: one posting list per value.
     *
     * @param observables keys, {@code kind:value}; thousands in one call are fine
     * @param freshest how many entries to return per value at most
     * @return an item for each value that an object carries
     */
    Map<String, Carriers> carriers(Collection<String> observables, Audience audience, int freshest)
            throws StoreUnavailable;

    /**
     * Which latest versions carry values that lie within these places: below a domain, on a host, in a network. The
     * work is bounded by {@code most}, however much lies there.
     *
     * @param places see {@link NetworkKey#within}
     * @param freshest how many entries to return per place at most
     * @param most how many entries to look at per place at most
     * @return an item for each place that contains a carried value
     */
    Map<NetworkKey.Span, RangeCarriers> within(
            Collection<NetworkKey.Span> places, Audience audience, int freshest, int most) throws StoreUnavailable;

    /** The latest version of an object, when it may be seen; what may not be is not even fetched. */
    Optional<Entry> latest(String id, Audience audience) throws StoreUnavailable;

    /** The versions in view of an object that may be seen, in the order in which they were added. */
    List<Entry> versions(String id, Audience audience) throws StoreUnavailable;

    /** Those of the asked versions that refer to {@code id} and may be seen, ascending by sequence number. */
    List<Entry> referrers(String id, Versions versions, Audience audience) throws StoreUnavailable;

    /**
     * The entries in view that are not proven any more ({@link InternalStore#judgeSigners}) and were signed by a key:
     * all versions, in the order in which they were added.
     *
     * @param kid RFC 7638 thumbprint of the key
     * @param afterSeq 0 to begin, else {@link Page#nextAfter()} of the page before
     * @param limit how many at most, 1 or more
     */
    Page unproven(String kid, Audience audience, long afterSeq, int limit) throws StoreUnavailable;

    /** Answers a search. */
    Search.Result search(Search search) throws StoreUnavailable;

    /** The store in figures. */
    StoreStatus status();

    /** Proves that the store can serve now. */
    void check() throws StoreUnavailable;
}
