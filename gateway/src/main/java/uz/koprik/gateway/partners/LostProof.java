package uz.koprik.gateway.partners;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.trust.KeyOwner;
import uz.koprik.crypto.trust.KeyRing;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Provenance;
import uz.koprik.indicators.store.SignerJudge;

/**
 * Why an object is not proven any more: only keys signed it that were compromised when it was first seen here. With
 * several signers, a good key proves it as long as its centre may speak for the producer.
 *
 * @param kid RFC 7638 thumbprint of the key that was compromised last
 * @param centre whose key it is
 * @param since since when it is compromised
 */
public record LostProof(String kid, String centre, Instant since) {

    /** Member of answers that holds {@link #json}. */
    public static final String NAME = "unproven";

    /** The lost proof of an entry; empty when it is proven, or never was. */
    public static Optional<LostProof> of(KeyRing keys, Entry entry) {
        return of(keys, entry.facts().provenance(), entry.facts().producer(), entry.firstAdded());
    }

    /**
     * The same for an object that is described otherwise.
     *
     * @param producer its {@code created_by_ref}
     * @param added when it was first seen here, in microseconds since the epoch
     */
    public static Optional<LostProof> of(KeyRing keys, Provenance provenance, Optional<String> producer, long added) {
        if (provenance.signers().isEmpty()) {
            return Optional.empty();
        }
        return of(
                        keys,
                        provenance.origin() == Provenance.Origin.SIGNED ? producer.orElse("") : "",
                        provenance.signers().stream()
                                .map(Provenance.Signer::kid)
                                .toList())
                .filter(lost -> added >= micros(lost.since()));
    }

    /** As answers have it; the schema {@code Unproven}. */
    public JsonObject json() {
        return JsonObject.builder()
                .put("kid", kid)
                .put("centre", centre)
                .put("compromised_since", since.toString())
                .build();
    }

    /** Judges the signers of entries for a store. */
    public static SignerJudge judge(KeyRing keys) {
        return (producer, kids) ->
                of(keys, producer, kids).map(lost -> micros(lost.since())).orElse(SignerJudge.NEVER);
    }

    /** The signature that counted last, when all are of compromised keys. */
    private static Optional<LostProof> of(KeyRing keys, String producer, List<String> kids) {
        List<Optional<KeyOwner>> owners = kids.stream().map(keys::key).toList();
        List<Optional<KeyOwner>> speakers = producer.isEmpty() || kids.size() == 1
                ? List.of()
                : owners.stream()
                        .filter(owner -> owner.filter(
                                        one -> one.centre().producers().contains(producer))
                                .isPresent())
                        .toList();
        List<LostProof> lost = new ArrayList<>();
        for (Optional<KeyOwner> owner : speakers.isEmpty() ? owners : speakers) {
            Optional<Instant> since = owner.flatMap(one -> one.key().compromisedSince());
            if (since.isEmpty()) {
                return Optional.empty();
            }
            lost.add(new LostProof(owner.get().key().kid(), owner.get().centre().name(), since.get()));
        }
        return lost.stream().max(Comparator.comparing(LostProof::since));
    }

    private static long micros(Instant moment) {
        return Math.addExact(Math.multiplyExact(moment.getEpochSecond(), 1_000_000L), moment.getNano() / 1000);
    }
}
