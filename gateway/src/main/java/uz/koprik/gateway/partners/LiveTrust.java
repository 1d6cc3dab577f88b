package uz.koprik.gateway.partners;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.crypto.trust.CardFacts;
import uz.koprik.crypto.trust.KeyOwner;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.stix.SharingGroup;

/** The trust list of a running centre, which can be replaced by a newer one at any moment. */
public final class LiveTrust implements Trust {

    private volatile Snapshot now;

    private record Snapshot(TrustList list, Map<String, TrustedCentre> byProducer) {}

    private volatile GroupBook groups = new GroupBook(Instant::now);

    public LiveTrust(TrustList list) {
        replace(list);
    }

    /** From now on these groups count. */
    public void follow(GroupBook book) {
        groups = book;
    }

    @Override
    public Recipient.Partner recipient(String name, Agreement agreement) {
        Set<String> identities = producers(name);
        return new Recipient.Partner(name, agreement, identities, groups.memberships(identities));
    }

    @Override
    public Recipient.Partner recipientSince(String name, Agreement agreement, Instant moment) {
        Set<String> identities = producers(name);
        return new Recipient.Partner(name, agreement, identities, groups.membershipsSince(identities, moment));
    }

    @Override
    public Optional<SharingGroup> group(String id) {
        return groups.group(id);
    }

    @Override
    public Collection<SharingGroup> groups() {
        return groups.all();
    }

    @Override
    public Map<String, Instant> memberships(Set<String> identities, Instant at) {
        return groups.memberships(identities, at);
    }

    /** From now on {@code list} counts; what is being verified at this moment may still be judged by the one before. */
    public void replace(TrustList list) {
        Map<String, TrustedCentre> byProducer = new HashMap<>();
        for (TrustedCentre centre : list.centres()) {
            centre.producers().forEach(producer -> byProducer.putIfAbsent(producer, centre));
        }
        // An identity of its own always wins over what another centre may speak for.
        for (TrustedCentre centre : list.centres()) {
            byProducer.put(centre.identity(), centre);
        }
        now = new Snapshot(list, Map.copyOf(byProducer));
    }

    /** The list that counts now. */
    public TrustList list() {
        return now.list();
    }

    @Override
    public Optional<KeyOwner> key(String kid) {
        return now.list().key(kid);
    }

    @Override
    public Optional<TrustedCentre> centre(String name) {
        return now.list().centre(name);
    }

    @Override
    public Optional<CardFacts> card(String name) {
        return now.list().card(name);
    }

    @Override
    public List<TrustedCentre> centres() {
        return now.list().centres();
    }

    @Override
    public Optional<TrustedCentre> producer(String createdByRef) {
        return Optional.ofNullable(now.byProducer().get(createdByRef));
    }
}
