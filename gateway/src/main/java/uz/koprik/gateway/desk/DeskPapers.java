package uz.koprik.gateway.desk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * Items and records as papers of the state store. A decision is a record that is made once: of two that decide at the
 * same time, one makes it. Safe for use by many threads and gateways at once; every method blocks.
 */
public final class DeskPapers {

    private static final Logger LOG = LoggerFactory.getLogger(DeskPapers.class);

    private static final String WAITING = "desk/waiting/";
    private static final String RECORDS = "desk/records/";
    private static final String SUFFIX = ".json";

    private final StateStore stateStore;
    private final LocalCentre centre;

    /** @param centre signs the records */
    public DeskPapers(StateStore stateStore, LocalCentre centre) {
        this.stateStore = stateStore;
        this.centre = centre;
    }

    /** Whether its id was free, of decided items too; else nothing is added. */
    boolean add(DeskItem item) throws StoreUnavailable {
        return signedRecord(item.id()).isEmpty()
                && stateStore
                        .replace(WAITING + item.id() + SUFFIX, "", item.write())
                        .isPresent();
    }

    /** Puts an item in the place of the one with its id, unless that waits no longer. */
    void change(DeskItem item) throws StoreUnavailable {
        String name = WAITING + item.id() + SUFFIX;
        Optional<StateStore.Paper> before = stateStore.read(name);
        if (before.isPresent()) {
            stateStore.replace(name, before.get().version(), item.write());
        }
    }

    /** Removes an item; its record stays. */
    public void remove(String id) throws StoreUnavailable {
        stateStore.remove(WAITING + id + SUFFIX);
    }

    /** The item of that id, also while what was decided on it is carried out. */
    public Optional<DeskItem> waiting(String id) throws StoreUnavailable {
        return DeskIds.is(id)
                ? stateStore.read(WAITING + id + SUFFIX).flatMap(paper -> DeskItem.read(paper.content()))
                : Optional.empty();
    }

    /** Ids of all items, the oldest first. */
    public List<String> waiting() throws StoreUnavailable {
        return ids(WAITING);
    }

    /** Items of those ids that are there. */
    public List<DeskItem> waiting(Collection<String> ids) throws StoreUnavailable {
        List<DeskItem> items = new ArrayList<>();
        for (StateStore.Paper paper : stateStore.read(names(WAITING, ids))) {
            DeskItem.read(paper.content()).ifPresentOrElse(items::add, () -> damaged(paper));
        }
        return items;
    }

    /**
     * Decides, once and for ever.
     *
     * @return what is decided now: {@code record}, unless somebody else was first
     */
    public DeskRecord decide(DeskRecord record) throws StoreUnavailable {
        String name = RECORDS + record.item().id() + SUFFIX;
        stateStore.replace(name, "", record.signed(centre));
        return stateStore
                .read(name)
                .flatMap(paper -> DeskRecord.read(paper.content()))
                .orElseThrow(() -> new IllegalStateException(name + " is damaged; restore it from a backup"));
    }

    /** What was decided on the item of that id. */
    public Optional<DeskRecord> record(String id) throws StoreUnavailable {
        return signedRecord(id).flatMap(DeskRecord::read);
    }

    /** The same as it was signed. */
    public Optional<byte[]> signedRecord(String id) throws StoreUnavailable {
        return DeskIds.is(id)
                ? stateStore.read(RECORDS + id + SUFFIX).map(StateStore.Paper::content)
                : Optional.empty();
    }

    /** Ids of all records, by the time of their items. */
    public List<String> records() throws StoreUnavailable {
        return ids(RECORDS);
    }

    /** Records of those ids that are there. */
    public List<DeskRecord> records(Collection<String> ids) throws StoreUnavailable {
        List<DeskRecord> records = new ArrayList<>();
        for (StateStore.Paper paper : stateStore.read(names(RECORDS, ids))) {
            DeskRecord.read(paper.content()).ifPresentOrElse(records::add, () -> damaged(paper));
        }
        return records;
    }

    /** When the item of an id began to wait. */
    public static Instant at(String id) {
        return DeskIds.at(id);
    }

    private static List<String> names(String folder, Collection<String> ids) {
        return ids.stream().map(id -> folder + id + SUFFIX).toList();
    }

    private List<String> ids(String folder) throws StoreUnavailable {
        return stateStore.names(folder).stream()
                .map(name -> name.substring(folder.length(), name.length() - SUFFIX.length()))
                .filter(DeskIds::is)
                .toList();
    }

    private static void damaged(StateStore.Paper paper) {
        LOG.error("{} is damaged; restore it from a backup", paper.name());
    }
}
