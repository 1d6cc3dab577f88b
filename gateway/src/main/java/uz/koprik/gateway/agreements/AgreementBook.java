package uz.koprik.gateway.agreements;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.trust.RetiredCentre;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.SharingAgreement;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * The agreements with all partners: in the state store, which gateways of a cluster share, and in memory for readers
 * that must not wait. What belongs to an agreement of a group is in the paper of each partner that is a party of it.
 * Safe for use by many threads at once.
 */
public final class AgreementBook {

    private static final Logger LOG = LoggerFactory.getLogger(AgreementBook.class);

    /**
     * A paper with more pieces of the two parties, or of one party in groups, takes no further ones: a partner must not
     * fill the disk.
     */
    static final int MOST_PIECES = 1000;

    private static final int TRIES = 20;

    private final StateStore papers;
    private final Supplier<TrustList> list;
    private final InstantSource clock;
    private volatile Map<String, Held> held = Map.of();

    /** What memory holds of those that were removed from the trust list. */
    private Map<String, Held> former = Map.of();

    private volatile List<Source> sources = List.of();

    /** Whether a paper may lack pieces of a group that another one has. */
    private volatile boolean unshared = true;

    /** What memory holds of one partner, and from what it was computed. */
    private record Held(String version, long trust, List<SignedPiece> pieces, PartnerAgreements agreements) {}

    /**
     * Somebody who is or was a partner, and what was signed with it. What it gave stays here when it is removed, and
     * when it comes back under another name.
     *
     * @param names under which it gave objects, as far as agreements and the trust list have them
     */
    record Source(TrustedCentre centre, Set<String> names, PartnerAgreements agreements) {}

    /** @param list the trust list as it is now, whose keys judge all signatures */
    public AgreementBook(StateStore papers, Supplier<TrustList> list, InstantSource clock) {
        this.papers = papers;
        this.list = list;
        this.clock = clock;
    }

    /**
     * Reads what changed in the store, and judges all signatures again when the trust list changed. Cheap when nothing
     * did. Blocks.
     *
     * @return whether anything changed
     */
    public synchronized boolean refresh() throws StoreUnavailable, DamagedAgreements {
        TrustList trust = list.get();
        Map<String, String> names = new LinkedHashMap<>();
        List<TrustedCentre> partners = partners(trust);
        partners.forEach(centre -> names.put(AgreementPaper.name(centre.identity()), centre.identity()));
        trust.retired().stream()
                .map(former -> former.centre().identity())
                .forEach(identity -> names.put(AgreementPaper.name(identity), identity));
        Map<String, Held> next = new HashMap<>();
        for (StateStore.Paper paper : papers.read(names.keySet())) {
            String identity = names.get(paper.name());
            Held before = held.getOrDefault(identity, former.get(identity));
            boolean same = before != null && before.version.equals(paper.version());
            next.put(
                    identity,
                    same && before.trust == trust.sequence()
                            ? before
                            : judged(
                                    paper.version(),
                                    trust,
                                    same ? before.pieces : AgreementPaper.read(paper.name(), paper.content()),
                                    identity));
        }
        sources = sources(trust, next);
        former = new HashMap<>(next);
        partners.forEach(centre -> former.remove(centre.identity()));
        next.keySet().removeAll(former.keySet());
        boolean changed = !next.equals(held);
        held = Map.copyOf(next);
        return changed;
    }

    private static List<Source> sources(TrustList trust, Map<String, Held> known) {
        List<Source> sources = new ArrayList<>();
        Stream.concat(trust.retired().stream().map(RetiredCentre::centre), partners(trust).stream())
                .filter(centre -> known.containsKey(centre.identity()))
                .forEach(centre -> {
                    PartnerAgreements agreements = known.get(centre.identity()).agreements;
                    sources.add(new Source(centre, names(trust, centre.identity(), agreements), agreements));
                });
        return List.copyOf(sources);
    }

    /**
     * Names under which a centre gave objects: those that the trust list has or had for it, and those of its
     * agreements. A text cannot give it the name of another centre that is on the list.
     */
    public Set<String> names(String identity, PartnerAgreements agreements) {
        return names(list.get(), identity, agreements);
    }

    private static Set<String> names(TrustList trust, String identity, PartnerAgreements agreements) {
        Set<String> names = new HashSet<>();
        agreements.versions().stream()
                .filter(AgreementVersion::agreed)
                .flatMap(version -> version.text().party(identity).stream())
                .forEach(party -> names.add(party.name()));
        trust.centres().forEach(centre -> names.remove(centre.name()));
        Stream.concat(trust.centres().stream(), trust.retired().stream().map(RetiredCentre::centre))
                .filter(centre -> centre.identity().equals(identity))
                .forEach(centre -> names.add(centre.name()));
        return Set.copyOf(names);
    }

    /** Those who are or were partners and with whom anything was signed; former ones first. Never blocks. */
    List<Source> sources() {
        return sources;
    }

    /** As {@link #refresh}, for periodic calls: what cannot be read is reported, and what is known stays in force. */
    public boolean tend() {
        try {
            boolean changed = refresh();
            return ((changed || unshared) && share()) || changed;
        } catch (StoreUnavailable away) {
            LOG.debug("agreements are not read now", away);
        } catch (DamagedAgreements damaged) {
            LOG.error("{}; what was read before stays in force", damaged.getMessage());
        }
        return false;
    }

    private static Held judged(String version, TrustList trust, List<SignedPiece> pieces, String identity)
            throws DamagedAgreements {
        String self = trust.centre(trust.owner()).orElseThrow().identity();
        try {
            return new Held(
                    version,
                    trust.sequence(),
                    List.copyOf(pieces),
                    PartnerAgreements.of(pieces, trust, self, identity));
        } catch (InvalidObject damaged) {
            throw new DamagedAgreements(
                    AgreementPaper.name(identity) + " is damaged: " + damaged.getMessage(), damaged);
        }
    }

    /** The centres with which there can be agreements. */
    public List<TrustedCentre> partners() {
        return partners(list.get());
    }

    static List<TrustedCentre> partners(TrustList trust) {
        return trust.centres().stream()
                .filter(centre -> !centre.name().equals(trust.owner()))
                .toList();
    }

    /** The partner centre of that name; empty when it is on no list, or this centre itself. */
    public Optional<TrustedCentre> partner(String name) {
        return partners().stream().filter(centre -> centre.name().equals(name)).findFirst();
    }

    /** The partner centre of that identity; empty when it is on no list, or this centre itself. */
    public Optional<TrustedCentre> partnerOf(String identity) {
        return partners().stream()
                .filter(centre -> centre.identity().equals(identity))
                .findFirst();
    }

    /** Identity of this centre. */
    public String self() {
        TrustList trust = list.get();
        return trust.centre(trust.owner()).orElseThrow().identity();
    }

    /** This centre as the trust list has it. */
    public TrustedCentre own() {
        TrustList trust = list.get();
        return trust.centre(trust.owner()).orElseThrow();
    }

    TrustList trust() {
        return list.get();
    }

    /** By the clock of the centre. */
    public Instant now() {
        return clock.instant();
    }

    /** The agreements with the partner of that identity as memory holds them. Never blocks. */
    public PartnerAgreements with(String identity) {
        Held known = held.get(identity);
        return known == null ? PartnerAgreements.NONE : known.agreements;
    }

    /**
     * All agreements that papers hold, by the identity of the other party: also with centres that are no partners any
     * more, whose signatures no key on the trust list proves now. Blocks.
     */
    public Map<String, PartnerAgreements> everyone() throws StoreUnavailable, DamagedAgreements {
        refresh();
        Map<String, PartnerAgreements> all = new HashMap<>();
        Map<String, Held> known = held;
        known.forEach((identity, one) -> all.put(identity, one.agreements));
        for (StateStore.Paper paper : papers.read(papers.names(AgreementPaper.FOLDER))) {
            String identity = AgreementPaper.identity(paper.name());
            if (!all.containsKey(identity)) {
                List<SignedPiece> pieces = AgreementPaper.read(paper.name(), paper.content());
                all.put(identity, judged(paper.version(), trust(), pieces, identity).agreements);
            }
        }
        return all;
    }

    /** The signed pieces with a partner, in the order in which they came. */
    List<StixObject> pieces(String identity) {
        Held known = held.get(identity);
        return known == null
                ? List.of()
                : known.pieces.stream().map(SignedPiece::object).toList();
    }

    /** All versions of agreements of groups, with any partner. */
    List<SharingAgreement> groupTexts() {
        return held.values().stream()
                .flatMap(one -> one.agreements.versions().stream())
                .map(AgreementVersion::text)
                .filter(SharingAgreement::group)
                .toList();
    }

    /** A change of the pieces with one partner. */
    @FunctionalInterface
    interface Change {

        /**
         * Decides which pieces are added.
         *
         * @param agreements as they are at this moment
         */
        List<StixObject> pieces(PartnerAgreements agreements) throws AgreementRefused;
    }

    /**
     * Adds pieces; durable when this returns. The change is asked again when another gateway wrote in between. What
     * belongs to a group is shared with the papers of its other parties, now or by the next {@link #tend}.
     *
     * @throws AgreementRefused what the change throws, or when there are too many pieces
     */
    void change(String identity, Change change) throws StoreUnavailable, DamagedAgreements, AgreementRefused {
        for (int i = 0; i < TRIES; i++) {
            refresh();
            Stored stored = stored(identity);
            PartnerAgreements now = judged(stored.version, trust(), stored.pieces, identity).agreements;
            List<StixObject> added = change.pieces(now);
            if (added.isEmpty()) {
                return;
            }
            List<SignedPiece> pieces = new ArrayList<>(stored.pieces);
            added.forEach(object -> pieces.add(new SignedPiece(object, now())));
            if (GroupPieces.tooMany(pieces)) {
                throw new AgreementRefused(
                        AgreementRefused.Kind.CONFLICT,
                        "",
                        "there are " + MOST_PIECES + " versions and notices with this partner already");
            }
            if (replaced(identity, stored.version, pieces)) {
                refresh();
                shareSoon();
                return;
            }
        }
        throw busy();
    }

    /** As {@link #share}, after a change that is durable already: what fails is done by {@link #tend}. */
    private void shareSoon() {
        try {
            share();
        } catch (StoreUnavailable | DamagedAgreements later) {
            LOG.warn("what belongs to a group is not in all papers yet, and is tried again: {}", later.getMessage());
        }
    }

    /**
     * Gives each paper what it lacks of groups, with the moment at which this centre first saw it.
     *
     * @return whether any lacked something
     */
    private synchronized boolean share() throws StoreUnavailable, DamagedAgreements {
        unshared = true;
        boolean any = false;
        for (TrustedCentre to : partners()) {
            any |= share(to.identity());
        }
        unshared = false;
        return any;
    }

    private boolean share(String identity) throws StoreUnavailable, DamagedAgreements {
        Held known = held.get(identity);
        if (lacking(identity, known == null ? List.of() : known.pieces).isEmpty()) {
            return false;
        }
        for (int i = 0; i < TRIES; i++) {
            Stored stored = stored(identity);
            List<SignedPiece> pieces = new ArrayList<>(stored.pieces);
            pieces.addAll(lacking(identity, stored.pieces));
            if (pieces.size() == stored.pieces.size() || replaced(identity, stored.version, pieces)) {
                refresh();
                return true;
            }
        }
        throw busy();
    }

    private List<SignedPiece> lacking(String identity, List<SignedPiece> paper) {
        return GroupPieces.lacking(
                identity,
                paper,
                held.values().stream().flatMap(one -> one.pieces.stream()).toList());
    }

    /** A paper as the store has it now, with its version; without pieces when there is none. */
    private record Stored(String version, List<SignedPiece> pieces) {}

    private Stored stored(String identity) throws StoreUnavailable, DamagedAgreements {
        String name = AgreementPaper.name(identity);
        Optional<StateStore.Paper> paper = papers.read(name);
        return paper.isPresent()
                ? new Stored(
                        paper.get().version(),
                        AgreementPaper.read(name, paper.get().content()))
                : new Stored("", List.of());
    }

    private boolean replaced(String identity, String version, List<SignedPiece> pieces) throws StoreUnavailable {
        return papers.replace(AgreementPaper.name(identity), version, AgreementPaper.write(pieces))
                .isPresent();
    }

    private static StoreUnavailable busy() {
        return new StoreUnavailable("other gateways change the agreements all the time; try again", null);
    }
}
