package uz.koprik.gateway.api.transfer;

import java.util.LinkedHashSet;
import java.util.Set;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;
import uz.koprik.indicators.translate.misp.EarlierObjects;

/** What earlier imports stored, as far as the account that imports may see it. */
public final class StoredNames implements EarlierObjects {

    private final Release release;
    private final Recipient recipient;

    public StoredNames(Release release, Recipient recipient) {
        this.release = release;
        this.recipient = recipient;
    }

    @Override
    public Set<String> names(String id) {
        try {
            Set<String> names = new LinkedHashSet<>();
            for (Entry version : release.versions(recipient, id)) {
                names.add(StoredObject.json(version).string("name").orElse(""));
            }
            return names;
        } catch (StoreUnavailable e) {
            throw new StoreGone(e);
        }
    }
}
