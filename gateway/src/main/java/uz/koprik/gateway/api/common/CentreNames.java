package uz.koprik.gateway.api.common;

import java.util.Optional;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.indicators.stix.SharingGroup;

/** Names of centres for people who would else read ids. */
public final class CentreNames {

    private CentreNames() {}

    /**
     * The centre that owns a producer, by the trust list.
     *
     * @param producer {@code created_by_ref}
     * @return null when there is no producer, or nobody on the list owns it
     */
    public static String owner(Trust trust, Optional<String> producer) {
        return producer.flatMap(trust::producer).map(TrustedCentre::name).orElse(null);
    }

    /** The name of a sharing group; its id when it is not known here. */
    public static String group(Trust trust, String id) {
        return trust.group(id).map(SharingGroup::name).orElse(id);
    }

    /** A sentence with the names of sharing groups instead of their ids. */
    public static String inWords(Trust trust, String sentence) {
        String words = sentence;
        for (SharingGroup group : trust.groups()) {
            words = words.replace(group.id(), "\"" + group.name() + "\"");
        }
        return words;
    }
}
