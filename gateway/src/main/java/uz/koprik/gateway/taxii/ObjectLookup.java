package uz.koprik.gateway.taxii;

import java.util.List;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;

/** Finds one object in a collection. */
final class ObjectLookup {

    private ObjectLookup() {}

    /** The versions that the reader may see in that collection, in the order in which they were added. */
    static List<Entry> versions(Release release, Recipient reader, CollectionView view, String id)
            throws StoreUnavailable {
        return release.versions(reader, id).stream()
                .filter(entry -> view.types().isEmpty()
                        || view.types().contains(entry.facts().type()))
                .toList();
    }
}
