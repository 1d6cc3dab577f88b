package uz.koprik.indicators.store.state;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Named papers, each replaced as a whole by comparing and setting. Where several gateways of a centre share a store,
 * all see the same ones. Names are like those of files in folders: {@code searches/anna.json}. Safe for use by many
 * threads and gateways at once; every call may be made again.
 */
public interface StateStore {

    /**
     * A paper as it was found.
     *
     * @param version of it, in a form of the backend's own
     * @param content not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, never compared
    record Paper(String name, String version, byte[] content) {}

    /**
     * Those that are there, in the order in which they were asked for. What is returned is durable: it does not vanish
     * with a node.
     */
    List<Paper> read(Collection<String> names) throws StoreUnavailable;

    /** The paper of that name. */
    default Optional<Paper> read(String name) throws StoreUnavailable {
        return read(List.of(name)).stream().findFirst();
    }

    /**
     * Puts a paper in the place of that very version, or of none; durable when this returns.
     *
     * @param expected the version that is to be replaced; empty when there must be nothing yet
     * @return its version; empty when something else is there, which can be this very content when an answer was lost
     * @throws StoreUnavailable when that could not be found out: the paper may be there or come to be there yet
     */
    Optional<String> replace(String name, String expected, byte[] content) throws StoreUnavailable;

    /** Removes a paper in any version; does nothing when there is none. */
    void remove(String name) throws StoreUnavailable;

    /** All names that begin so, sorted, also those of papers that were written a moment ago. For now and then. */
    List<String> names(String beginning) throws StoreUnavailable;
}
