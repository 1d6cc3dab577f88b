package uz.koprik.gateway.partners;

import uz.koprik.crypto.jws.Signer;
import uz.koprik.indicators.stix.KeyedIds;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.Provenance;

/**
 * This centre as its doors know it.
 *
 * @param name short name, lower case, as partners have it in their trust lists
 * @param identity id of its STIX identity object
 * @param signer signs what it publishes
 * @param ids derives ids of its objects, by a key that nobody else has
 */
public record LocalCentre(String name, String identity, Signer signer, KeyedIds ids) {

    /**
     * Whether this centre made that version: an account submitted it in its name, or its own signature is inside, no
     * matter who sent it. A partner sends it back after a backup was restored.
     */
    public boolean made(EntryMetadata facts) {
        return facts.producer().filter(identity::equals).isPresent()
                && (facts.receivedFrom().isEmpty() || facts.provenance().origin() == Provenance.Origin.SIGNED);
    }

    /** The signer with the key in use now; who signs one document asks once. */
    @Override
    public Signer signer() {
        return signer instanceof LiveKeys.LiveSigner live ? live.fixed() : signer;
    }
}
